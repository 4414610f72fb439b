import { createHash } from 'node:crypto';
import { type ServiceName, serviceNames } from './core/question.ts';

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
  /** Requests for the result of an earlier question; no questions themselves. */
  readonly polls: number;
  /** Announcements of answers that were sent, and those of them that somebody has taken. */
  readonly webhooks: { readonly sent: number; readonly taken: number };
  readonly byProvider: Readonly<Record<ServiceName, ProviderReport>>;
}

/** What one provider has seen. */
export interface ProviderReport {
  readonly requests: number;
  readonly completed: number;
  readonly aborted: number;
  readonly faulted: number;
  /** Questions that were refused because they break the provider's rules. */
  readonly violations: number;
  /** Questions that were sent again under the same id and not asked twice for that. */
  readonly conflicts: number;
  readonly polls: number;
}

/** Money spent on a question, once for each id. */
export interface Payment {
  readonly messages: readonly object[];
  readonly paymentId?: string;
}

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: 'completed';
      readonly prompt: string;
      readonly messages: readonly object[];
      readonly paymentId?: string;
    }
  | { readonly kind: 'refused'; readonly violation: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'conflict' }
  /** Paid for all the same where the messages are named. */
  | { readonly kind: 'faulted'; readonly paid?: Payment };

/** Keeps the counts of a simulator. */
export interface Recorder {
  begin(provider: ServiceName): void;
  /** The prompt of a request that is being answered. */
  name(prompt: string): void;
  end(provider: ServiceName, outcome: Outcome): void;
  poll(provider: ServiceName): void;
  /** An announcement was sent. */
  announce(isTaken: boolean): void;
  /** Money is spent on a question whose answer comes by another way than its own request. */
  pay(payment: Payment): void;
  report(): SimulatorReport;
  reset(): void;
}

const maxViolations = 100;
const none = { requests: 0, completed: 0, aborted: 0, faulted: 0 };
const noneOfProvider = { ...none, violations: 0, conflicts: 0, polls: 0 };
type ProviderCount = keyof ProviderReport;

export function createRecorder(): Recorder {
  let counts = { ...none, polls: 0, peakConcurrency: 0 };
  let inFlight = 0;
  let byProvider = noneByProvider();
  let webhooks = { sent: 0, taken: 0 };
  const prompts = createPromptCounts();
  const violations: string[] = [];
  const add = (provider: ServiceName, count: ProviderCount) => {
    const entry = byProvider[provider];
    byProvider[provider] = { ...entry, [count]: entry[count] + 1 };
  };
  return {
    begin(provider) {
      inFlight += 1;
      counts.requests += 1;
      counts.peakConcurrency = Math.max(counts.peakConcurrency, inFlight);
      add(provider, 'requests');
    },
    name: (prompt) => prompts.name(prompt),
    end(provider, outcome) {
      inFlight -= 1;
      add(provider, countOf[outcome.kind]);
      if (outcome.kind === 'refused' && violations.length < maxViolations) {
        violations.push(`${provider}: ${outcome.violation}`);
      }
      if (outcome.kind === 'refused' || outcome.kind === 'conflict') return;
      counts[outcome.kind] += 1;
      if (outcome.kind === 'completed') prompts.complete(outcome.prompt);
      const paid = outcome.kind === 'completed' ? outcome : paidIn(outcome);
      if (paid !== undefined) prompts.pay(paid);
    },
    poll(provider) {
      counts.polls += 1;
      add(provider, 'polls');
    },
    announce(isTaken) {
      webhooks = { sent: webhooks.sent + 1, taken: webhooks.taken + (isTaken ? 1 : 0) };
    },
    pay: (payment) => prompts.pay(payment),
    report: () => ({
      ...counts,
      ...prompts.report(),
      violations: [...violations],
      webhooks,
      byProvider: { ...byProvider },
    }),
    reset() {
      counts = { ...none, polls: 0, peakConcurrency: inFlight };
      byProvider = noneByProvider();
      webhooks = { sent: 0, taken: 0 };
      prompts.reset();
      violations.length = 0;
    },
  };
}

function noneByProvider(): Record<ServiceName, ProviderReport> {
  const entries = serviceNames.map((name) => [name, noneOfProvider] as const);
  return Object.fromEntries(entries) as Record<ServiceName, ProviderReport>;
}

const countOf: Readonly<Record<Outcome['kind'], ProviderCount>> = {
  completed: 'completed',
  aborted: 'aborted',
  faulted: 'faulted',
  conflict: 'conflicts',
  refused: 'violations',
};

function paidIn(outcome: Outcome): Payment | undefined {
  return outcome.kind === 'faulted' ? outcome.paid : undefined;
}

/** Prompts by their name, and questions by their messages. */
function createPromptCounts() {
  const byPrompt = new Map<string, { requests: number; completed: number }>();
  const payments = new Map<string, number>();
  const paidIds = new Set<string>();
  const entryOf = (prompt: string) => byPrompt.get(prompt) ?? { requests: 0, completed: 0 };
  return {
    name(prompt: string) {
      const entry = entryOf(prompt);
      byPrompt.set(prompt, { ...entry, requests: entry.requests + 1 });
    },
    complete(prompt: string) {
      const entry = entryOf(prompt);
      byPrompt.set(prompt, { ...entry, completed: entry.completed + 1 });
    },
    pay({ messages, paymentId }: Payment) {
      if (paymentId !== undefined && paidIds.has(paymentId)) return;
      if (paymentId !== undefined) paidIds.add(paymentId);
      const key = createHash('sha256').update(JSON.stringify(messages)).digest('hex');
      payments.set(key, (payments.get(key) ?? 0) + 1);
    },
    report: () => ({
      promptsCompletedMoreThanOnce: [...payments.values()].filter((count) => count > 1).length,
      byPrompt: Object.fromEntries(byPrompt),
    }),
    reset() {
      byPrompt.clear();
      payments.clear();
      paidIds.clear();
    },
  };
}
