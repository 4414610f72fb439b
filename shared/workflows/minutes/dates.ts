import { isoDateOf, unixDayOf } from '#shared/domain/civil-date.ts';
import { explicitDay } from './explicit-dates.ts';
import { relativeDay } from './relative-dates.ts';
import type { Due } from './schemas.ts';

/**
 * The day that an expression such as “by Friday”, “in two weeks” or “bis Ende März” means when it is said on the day of the meeting. What
 * means no day for certain stays as it was said, with the reason.
 */
export function resolveDue(said: string | undefined, meetingDate: string): Due {
  if (said === undefined || said.trim() === '') return { said: '', status: 'none' };
  const base = unixDayOf(meetingDate);
  const text = ` ${said.toLowerCase().replace(/[’‘]/gu, "'").replace(/\s+/gu, ' ').trim()} `;
  const reading = explicitDay(text, base) ?? relativeDay(text, base);
  if (reading === undefined) return { said, status: 'as-said' };
  if (reading.kind === 'open') return { said, status: 'as-said', remark: reading.remark };
  if (reading.kind === 'impossible') return { said, status: 'impossible', remark: reading.remark };
  const isPast = reading.day < base;
  const remark = isPast ? 'This day lies before the meeting.' : reading.remark;
  return {
    said,
    date: isoDateOf(reading.day),
    status: 'resolved',
    ...(remark === undefined ? {} : { remark }),
  };
}

const deadline =
  /(?:^|[\s,(])((?:by|until|within|no later than|in(?= (?:an?|one|two|three|four|five|six|ein\p{L}*|zwei|drei|vier|fünf|sechs|\d+) )|innerhalb von|bis(?: spätestens)?(?: zum| zur)?|spätestens)\s[^,.;!?]{2,40})/giu;

/** The deadline that a sentence sets in words that mean a day, or that there is no such day; `undefined` where it sets none. */
export function deadlineIn(sentence: string, meetingDate: string): Due | undefined {
  return [...sentence.matchAll(deadline)]
    .map(([, said = '']) => resolveDue(said.trim(), meetingDate))
    .find(({ status }) => status === 'resolved' || status === 'impossible');
}
