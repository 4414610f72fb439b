import type { Score, ScoreCase } from './score.ts';

/** What was measured, and what must hold and does not, in sentences. */
export interface Scorecard {
  readonly scores: readonly Score[];
  readonly failures: readonly string[];
}

/** Runs cases one after the other. One that breaks off is a failure; the others are run all the same. */
export async function runCases(
  cases: readonly ScoreCase[],
  tell: (line: string) => void = () => undefined,
): Promise<Scorecard> {
  const scores: Score[] = [];
  const failures: string[] = [];
  for (const { workflow, name, run } of cases) {
    tell(`${workflow}: ${name}`);
    try {
      const own = await run();
      scores.push(...own);
      failures.push(
        ...own.flatMap((score) => score.failures.map((each) => `${workflow}, ${name}: ${each}`)),
      );
    } catch (error) {
      failures.push(`${workflow}, ${name}: it broke off: ${String(error)}`);
    }
  }
  return { scores, failures };
}
