const dayInMs = 86_400_000;

/** The longest that a task may work (`options.deadlineMinutes`): what it needs to go on outlives that. */
const longestTaskInDays = 7;

/** Time to live of what belongs to a task that still works, such as its calls and attempts. */
export function expiryWhileWorking(nowInMs: number, retentionInDays: number | undefined) {
  if (retentionInDays === undefined) return {};
  return { expiresAt: secondsAfter(nowInMs, longestTaskInDays + retentionInDays) };
}

/** Time to live of a task that has ended. */
export function expiryAfterEnd(endedAtInMs: number, retentionInDays: number | undefined) {
  if (retentionInDays === undefined) return {};
  return { expiresAt: secondsAfter(endedAtInMs, retentionInDays) };
}

/** An upload is shown as expired for a day, so that its use is told from that of an unknown one. */
export function expiryOfUpload(expiresAtInMs: number) {
  return { expiresAt: secondsAfter(expiresAtInMs, 1) };
}

function secondsAfter(timeInMs: number, days: number): number {
  return Math.ceil((timeInMs + days * dayInMs) / 1_000);
}
