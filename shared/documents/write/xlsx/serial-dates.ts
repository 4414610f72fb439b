const daysBefore1970 = 25_569;
/** From here on, serials are one more than days: to the 1900 system, 1900 was a leap year. */
const firstOfMarch1900 = 61;

/**
 * Serial of a day in the 1900 date system (ISO 29500-1, 18.17.4.1); `undefined` before 1900, where it has none.
 *
 * @param date `YYYY-MM-DD`
 */
export function serialOfDate(date: string): number | undefined {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const serial = daysSince1970(year, month, day) + daysBefore1970;
  if (serial >= firstOfMarch1900) return serial;
  return serial > 1 ? serial - 1 : undefined;
}

/**
 * The same with the time as a fraction of the day.
 *
 * @param datetime `YYYY-MM-DDTHH:mm`, with seconds and their fraction or without
 */
export function serialOfDatetime(datetime: string): number | undefined {
  const [date = '', time = ''] = datetime.split('T');
  const day = serialOfDate(date);
  if (day === undefined) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return day + (hours * 3_600 + minutes * 60 + seconds) / 86_400;
}

/** Of the Gregorian calendar, whose cycle of 400 years has 146,097 days. Years begin in March here, so that leap days end them. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(shifted / 400);
  const yearOfCycle = shifted - cycle * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  return cycle * 146_097 + yearOfCycle * 365 + leapDays + dayOfYear - 719_468;
}
