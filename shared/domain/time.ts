import { isoDateOf } from './civil-date.ts';

const dayInMs = 86_400_000;

/** UTC day of an instant as `YYYY-MM-DD`. Arithmetic only: the domain has no clock and no calendar of the platform. */
export function dayOf(instantInMs: number): string {
  return isoDateOf(Math.floor(instantInMs / dayInMs));
}

/** Instant as RFC 3339 with milliseconds, in UTC: `2026-11-21T08:30:00.000Z`. */
export function isoOf(instantInMs: number): string {
  const inDayInMs = ((instantInMs % dayInMs) + dayInMs) % dayInMs;
  const fraction = String(Math.floor(inDayInMs % 1_000)).padStart(3, '0');
  return `${dayOf(instantInMs)}T${clockOf(inDayInMs)}.${fraction}Z`;
}

/** `hh:mm:ss`, as clocks and players show it: hours go on after a day, what is less than a second is left out. */
export function clockOf(timeInMs: number): string {
  const seconds = Math.floor(timeInMs / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
