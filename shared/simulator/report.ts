import { createHash } from 'node:crypto';

/** What a simulator has seen, for tests and load runs. */
export interface SimulatorReport {
  /** Questions that arrived, whatever became of them. */
  readonly requests: number;
  /** Answered in full and without a fault. */
  readonly completed: number;
  /** The client went away before the end. */
  readonly aborted: number;
  /** Failed on purpose. */
  readonly faulted: number;
  readonly peakConcurrency: number;
  /** Questions, by their messages, that were completed more than once: money spent twice. */
  readonly promptsCompletedMoreThanOnce: number;
  readonly byPrompt: Readonly<
    Record<string, { readonly requests: number; readonly completed: number }>
  >;
  /** What was wrong with requests that were refused. */
  readonly violations: readonly string[];
}

/** What became of a request. */
export type Outcome =
  | { readonly kind: 'completed'; readonly prompt: string; readonly messages: readonly object[] }
  | { readonly kind: 'refused'; readonly violation: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'faulted' };

/** Keeps the counts of a simulator. */
export interface Recorder {
  begin(): void;
  /** The prompt of a request that is being answered. */
  name(prompt: string): void;
  end(outcome: Outcome): void;
  report(): SimulatorReport;
  reset(): void;
}

const maxViolations = 100;

export function createRecorder(): Recorder {
  let counts = { requests: 0, completed: 0, aborted: 0, faulted: 0, peakConcurrency: 0 };
  let inFlight = 0;
  const byPrompt = new Map<string, { requests: number; completed: number }>();
  const completions = new Map<string, number>();
  const violations: string[] = [];
  const entryOf = (prompt: string) => byPrompt.get(prompt) ?? { requests: 0, completed: 0 };
  return {
    begin() {
      inFlight += 1;
      counts.requests += 1;
      counts.peakConcurrency = Math.max(counts.peakConcurrency, inFlight);
    },
    name(prompt) {
      const entry = entryOf(prompt);
      byPrompt.set(prompt, { ...entry, requests: entry.requests + 1 });
    },
    end(outcome) {
      inFlight -= 1;
      if (outcome.kind === 'refused') {
        if (violations.length < maxViolations) violations.push(outcome.violation);
        return;
      }
      counts[outcome.kind] += 1;
      if (outcome.kind !== 'completed') return;
      const { prompt, messages } = outcome;
      const entry = entryOf(prompt);
      byPrompt.set(prompt, { ...entry, completed: entry.completed + 1 });
      const key = createHash('sha256').update(JSON.stringify(messages)).digest('hex');
      completions.set(key, (completions.get(key) ?? 0) + 1);
    },
    report: () => ({
      ...counts,
      promptsCompletedMoreThanOnce: [...completions.values()].filter((count) => count > 1).length,
      byPrompt: Object.fromEntries(byPrompt),
      violations: [...violations],
    }),
    reset() {
      counts = { requests: 0, completed: 0, aborted: 0, faulted: 0, peakConcurrency: inFlight };
      byPrompt.clear();
      completions.clear();
      violations.length = 0;
    },
  };
}
