import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resolveDue } from '#shared/workflows/minutes/dates.ts';

/** A Wednesday. */
const meeting = '2026-03-11';

describe('resolveDue', () => {
  it.each([
    ['today', '2026-03-11'],
    ['by end of day', '2026-03-11'],
    ['tomorrow', '2026-03-12'],
    ['the day after tomorrow', '2026-03-13'],
    ['by Friday', '2026-03-13'],
    ['by Friday noon', '2026-03-13'],
    ['this Friday', '2026-03-13'],
    ['next Tuesday', '2026-03-17'],
    ['next Friday', '2026-03-20'],
    ['coming Friday', '2026-03-13'],
    ['by Wednesday', '2026-03-18'],
    ['Thursday next week', '2026-03-19'],
    ['next week Thursday', '2026-03-19'],
    ['Friday week', '2026-03-20'],
    ['a week from Friday', '2026-03-20'],
    ['by the end of the week', '2026-03-13'],
    ['next week', '2026-03-20'],
    ['in two weeks', '2026-03-25'],
    ['within 10 days', '2026-03-21'],
    ['in 5 working days', '2026-03-18'],
    ['two weeks from now', '2026-03-25'],
    ['in a month', '2026-04-11'],
    ['by the end of the month', '2026-03-31'],
    ['end of next month', '2026-04-30'],
    ['by the end of March', '2026-03-31'],
    ['by end of February', '2027-02-28'],
    ['mid-April', '2026-04-15'],
    ['by April', '2026-04-30'],
    ['before May', '2026-04-30'],
    ['by Q3', '2026-09-30'],
    ['Q1 2027', '2027-03-31'],
    ['end of the quarter', '2026-03-31'],
    ['next quarter', '2026-06-30'],
    ['by the third quarter', '2026-09-30'],
    ['by the end of the year', '2026-12-31'],
    ['March 15', '2026-03-15'],
    ['by the 15th of March', '2026-03-15'],
    ['by 15 March 2027', '2027-03-15'],
    ['March 3rd', '2027-03-03'],
    ['by the 15th', '2026-03-15'],
    ['the 5th', '2026-04-05'],
    ['2026-05-04', '2026-05-04'],
    ['by 25/3/2026', '2026-03-25'],
    ['3/25/2026', '2026-03-25'],
    ['calendar week 14', '2026-04-03'],
  ])('reads “%s” as %s', (said, date) => {
    expect(resolveDue(said, meeting)).toMatchObject({ said, date, status: 'resolved' });
  });

  it.each([
    ['heute', '2026-03-11'],
    ['bis morgen', '2026-03-12'],
    ['bis morgen früh', '2026-03-12'],
    ['übermorgen', '2026-03-13'],
    ['bis Freitag', '2026-03-13'],
    ['bis kommenden Montag', '2026-03-16'],
    ['nächsten Dienstag', '2026-03-17'],
    ['nächste Woche Freitag', '2026-03-20'],
    ['bis Freitag nächster Woche', '2026-03-20'],
    ['bis Ende der Woche', '2026-03-13'],
    ['bis Ende nächster Woche', '2026-03-20'],
    ['in zwei Wochen', '2026-03-25'],
    ['innerhalb von 10 Tagen', '2026-03-21'],
    ['in einem Monat', '2026-04-11'],
    ['bis Ende des Monats', '2026-03-31'],
    ['bis Monatsende', '2026-03-31'],
    ['bis Ende März', '2026-03-31'],
    ['Mitte April', '2026-04-15'],
    ['Anfang Mai', '2026-05-01'],
    ['bis zum 15. März', '2026-03-15'],
    ['am 20.', '2026-03-20'],
    ['bis 15.04.2026', '2026-04-15'],
    ['bis zum 15.4.', '2026-04-15'],
    ['KW 14', '2026-04-03'],
    ['bis Ende Q2', '2026-06-30'],
    ['im dritten Quartal', '2026-09-30'],
    ['bis Jahresende', '2026-12-31'],
  ])('reads “%s” as %s', (said, date) => {
    expect(resolveDue(said, meeting)).toMatchObject({ said, date, status: 'resolved' });
  });

  it.each([
    '30 February',
    'by April 31',
    'bis zum 31. Juni',
    'the 32nd',
    'bis 31.2.2026',
    'Monday, 15 March',
    'KW 60',
  ])('says that there is no such day as “%s”', (said) => {
    const due = resolveDue(said, meeting);
    expect(due).toMatchObject({ status: 'impossible' });
    expect(due.date).toBeUndefined();
    expect(due.remark).not.toBe('');
  });

  it.each([
    'as soon as possible',
    'soon',
    'before the next meeting',
    'demain',
    'vendredi prochain',
    'a two-week trial',
  ])('leaves “%s” as it was said', (said) => {
    expect(resolveDue(said, meeting)).toEqual({ said, status: 'as-said' });
  });

  it('does not choose between 3 April and 4 March', () => {
    const due = resolveDue('by 3/4/2026', meeting);
    expect(due.date).toBeUndefined();
    expect(due.remark).toContain('cannot be told apart');
  });

  it('says what it has assumed', () => {
    expect(resolveDue('next Friday', meeting).remark).toContain('after the meeting');
    expect(resolveDue('by Wednesday', meeting).remark).toContain('a week later');
    expect(resolveDue('by 2 March 2026', meeting).remark).toContain('before the meeting');
  });

  it('gives nothing where nothing was said', () => {
    expect(resolveDue(undefined, meeting)).toEqual({ said: '', status: 'none' });
  });

  it('gives the day of the week that was named, on the meeting’s day at the earliest', () => {
    const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom(...days),
        (now, day) => {
          const base = now.toISOString().slice(0, 10);
          const { date = '' } = resolveDue(`by ${day}`, base);
          const found = new Date(`${date}T00:00:00Z`);
          const distance = (found.getTime() - Date.parse(`${base}T00:00:00Z`)) / 86_400_000;
          expect(days[(found.getUTCDay() + 6) % 7]).toBe(day);
          expect(distance).toBeGreaterThanOrEqual(1);
          expect(distance).toBeLessThanOrEqual(7);
        },
      ),
    );
  });

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (said) => {
        expect(['none', 'as-said', 'resolved', 'impossible']).toContain(
          resolveDue(said, meeting).status,
        );
      }),
    );
  });
});
