/** Of the forms `1:02:03.456`, `02:03,4` and, as some programs write, `1:02:03:456`; `undefined` for any other. */
export function parseClock(text: string): number | undefined {
  const match = /^(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,9}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * 1_000 + Math.round(Number(`0.${fraction}`) * 1_000);
}

export interface Timing {
  readonly startInMs?: number;
  readonly endInMs?: number;
  readonly isWellFormed: boolean;
}

/** A line such as `00:01.000 --> 00:02.000 align:right`. What cannot be right, an end before the start for instance, is left out. */
export function parseTiming(line: string): Timing {
  const [left = '', right = ''] = line.split('-->');
  const startInMs = parseClock(left);
  const endInMs = parseClock(right.trim().split(/\s/)[0] ?? '');
  if (startInMs === undefined) return { isWellFormed: false };
  if (endInMs === undefined || endInMs < startInMs) return { startInMs, isWellFormed: false };
  return { startInMs, endInMs, isWellFormed: true };
}
