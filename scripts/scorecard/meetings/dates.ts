/** An expression for a date with the day that it means, worked out with the platform's calendar and not with ours. */
export interface SaidDate {
  readonly said: string;
  readonly date: string | undefined;
}

/** Expressions of a language when the meeting is on the given day. */
export function saidDates(meetingDate: string, language: 'en' | 'de'): readonly SaidDate[] {
  const base = new Date(`${meetingDate}T00:00:00Z`);
  const { year, month } = { year: base.getUTCFullYear(), month: base.getUTCMonth() };
  const plus = (days: number) => iso(new Date(base.getTime() + days * 86_400_000));
  const until = (weekday: number) => plus(((weekday - base.getUTCDay() + 6) % 7) + 1);
  const weekAfter = (weekday: number) => plus(8 - ((base.getUTCDay() + 6) % 7) - 1 + weekday - 1);
  const lastOf = (monthIndex: number) => iso(new Date(Date.UTC(year, monthIndex + 1, 0)));
  const named = (day: number, monthIndex: number) => iso(new Date(Date.UTC(year, monthIndex, day)));
  if (language === 'de') {
    return [
      { said: 'bis Freitag', date: until(5) },
      { said: 'bis morgen', date: plus(1) },
      { said: 'bis übermorgen', date: plus(2) },
      { said: 'bis nächste Woche Freitag', date: weekAfter(5) },
      { said: 'in zwei Wochen', date: plus(14) },
      { said: `bis Ende ${monthName(month + 2, year, 'de')}`, date: lastOf(month + 2) },
      { said: `bis zum 15. ${monthName(month + 1, year, 'de')}`, date: named(15, month + 1) },
      { said: 'bis Ende des Monats', date: lastOf(month) },
      { said: 'innerhalb von 10 Tagen', date: plus(10) },
      { said: `bis zum 30. Februar`, date: undefined },
    ];
  }
  return [
    { said: 'by Friday', date: until(5) },
    { said: 'by tomorrow', date: plus(1) },
    { said: 'by next Tuesday', date: weekAfter(2) },
    { said: 'by Thursday next week', date: weekAfter(4) },
    { said: 'in two weeks', date: plus(14) },
    { said: 'by the end of the month', date: lastOf(month) },
    { said: `by the end of ${monthName(month + 2, year, 'en')}`, date: lastOf(month + 2) },
    { said: `by ${monthName(month + 1, year, 'en')} 15`, date: named(15, month + 1) },
    { said: `by 3 ${monthName(month + 1, year, 'en')}`, date: named(3, month + 1) },
    { said: `by ${named(20, month + 1)}`, date: named(20, month + 1) },
    { said: 'within 10 days', date: plus(10) },
    { said: 'by Q3', date: lastOf(8) },
    { said: 'by February 30', date: undefined },
    { said: '', date: undefined },
  ];
}

function monthName(index: number, year: number, language: string): string {
  const date = new Date(Date.UTC(year, index, 1));
  return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(date);
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}
