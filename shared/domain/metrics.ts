import type { ErrorCode } from './errors.ts';
import { errorEntry } from './errors.ts';
import type { ProviderName } from './providers.ts';

/** Namespace of the metrics in CloudWatch. */
export const metricNamespace = 'Quire';

/** Value of the dimension `service`, which stands with every metric and tells deployments apart. */
export function metricService(stage: string): string {
  return `quire-${stage}`;
}

/** How an attempt ended, in few words: each is a series that is paid for. The code itself is in the log. */
export const attemptOutcomes = [
  'accepted',
  'rejected',
  'rate-limited',
  'unavailable',
  'account',
  'refused',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** The statuses in which a task ends. */
export const endStatuses = ['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'] as const;

/** What a dimension may hold. Tasks, tenants and keys are no dimensions: each value would be a series of its own, for ever. */
interface DimensionValues {
  readonly workflow: string;
  readonly status: (typeof endStatuses)[number];
  readonly provider: ProviderName;
  readonly outcome: AttemptOutcome;
}
export type DimensionName = keyof DimensionValues;

interface MetricEntry {
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'None';
  /** Besides `service`. */
  readonly dimensions: readonly DimensionName[];
  /** What one reads from it. */
  readonly meaning: string;
}

/** Every metric there is. A combination of name and dimension values is one series of CloudWatch, with a price a month. */
export const metricTable = {
  TasksAccepted: { unit: 'Count', dimensions: ['workflow'], meaning: 'tasks taken in' },
  TasksEnded: { unit: 'Count', dimensions: ['workflow', 'status'], meaning: 'tasks by their end' },
  TaskDurationInSeconds: {
    unit: 'Seconds',
    dimensions: ['workflow'],
    meaning: 'from the submission, or the resumption, to the end',
  },
  TasksBroken: {
    unit: 'Count',
    dimensions: [],
    meaning: 'tasks that failed, and not for what was submitted or for a limit of their own',
  },
  TasksReconciled: {
    unit: 'Count',
    dimensions: [],
    meaning: 'tasks whose execution was gone and that were started again or ended',
  },
  UnendedTasks: { unit: 'Count', dimensions: [], meaning: 'tasks that wait or run' },
  StuckTasks: {
    unit: 'Count',
    dimensions: [],
    meaning: 'tasks that have not begun for long, or are past their deadline',
  },
  OldestUnendedTaskInSeconds: {
    unit: 'Seconds',
    dimensions: [],
    meaning: 'age of the oldest task that has not ended',
  },
  BudgetStops: { unit: 'Count', dimensions: [], meaning: 'tasks that ran out of budget' },
  Attempts: {
    unit: 'Count',
    dimensions: ['provider', 'outcome'],
    meaning: 'questions by how they ended',
  },
  ModelLatencyInMs: {
    unit: 'Milliseconds',
    dimensions: ['provider'],
    meaning: 'from the question to the whole answer',
  },
  RateLimited: { unit: 'Count', dimensions: ['provider'], meaning: 'requests to slow down' },
  CircuitOpened: {
    unit: 'Count',
    dimensions: ['provider'],
    meaning: 'times that a provider was given up for a while',
  },
  Reasks: { unit: 'Count', dimensions: [], meaning: 'answers that were asked for again' },
  InputTokens: { unit: 'Count', dimensions: ['provider'], meaning: 'tokens of questions' },
  CachedTokens: {
    unit: 'Count',
    dimensions: ['provider'],
    meaning: 'of these, those the provider had in its cache',
  },
  OutputTokens: {
    unit: 'Count',
    dimensions: ['provider'],
    meaning: 'tokens of answers, thinking included',
  },
  CostInMicroUsd: {
    unit: 'None',
    dimensions: ['provider'],
    meaning: 'what the attempts cost, in millionths of a dollar',
  },
  WebhookRefused: { unit: 'Count', dimensions: [], meaning: 'callbacks that were not believed' },
} as const satisfies Readonly<Record<string, MetricEntry>>;

export type MetricName = keyof typeof metricTable;

/** The dimension values that a metric wants. */
export type DimensionsOf<Name extends MetricName> = {
  readonly [Dimension in (typeof metricTable)[Name]['dimensions'][number]]: DimensionValues[Dimension];
};

/** The row of a metric. */
export function metricEntry(name: MetricName): MetricEntry {
  return metricTable[name];
}

/** The outcome that the code of an attempt counts as. */
export function attemptOutcomeOf(outcome: 'accepted' | ErrorCode): AttemptOutcome {
  if (outcome === 'accepted') return 'accepted';
  if (outcome === 'model_rate_limited') return 'rate-limited';
  if (outcome.startsWith('answer_')) return 'rejected';
  const { action } = errorEntry(outcome);
  if (action === 'fail-over') return 'account';
  return action === 'stop' ? 'refused' : 'unavailable';
}

/** Dollars a month for one series that is used all month (CloudWatch custom metrics, us-east-1, 2026-11). */
const seriesPriceInUsd = 0.3;

/** How many series a deployment has when every one of them is used. */
export function countSeries(deployment: { workflows: number; providers: number }): number {
  const sizes: Readonly<Record<DimensionName, number>> = {
    workflow: deployment.workflows,
    provider: deployment.providers,
    status: endStatuses.length,
    outcome: attemptOutcomes.length,
  };
  return Object.values<MetricEntry>(metricTable)
    .map(({ dimensions }) => dimensions.reduce((product, name) => product * sizes[name], 1))
    .reduce((sum, series) => sum + series, 0);
}

/** The most that the metrics of a deployment cost in a month: a series is billed for the hours in which it is used. */
export function metricsPriceInUsd(deployment: { workflows: number; providers: number }): number {
  return Math.round(countSeries(deployment) * seriesPriceInUsd * 100) / 100;
}
