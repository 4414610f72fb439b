import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Attempt } from '#shared/domain/call.ts';
import type { ErrorCode } from '#shared/domain/errors.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { type CallBench, openCallBench } from '../support/call-layer.ts';
import { createPollClock } from '../support/models.ts';
import { keysFor, modelsOf, planNotes, runNotes } from '../support/provider-run.ts';
import { createFastClock } from '../support/virtual-clock.ts';

type Provider = Exclude<ProviderName, 'simulator'>;

/** What a fault of the first attempt leads to, at a provider that is well afterwards. */
interface Row {
  readonly provider?: Provider;
  readonly fault: FaultName;
  /** What the ledger says of the first attempt. */
  readonly first: ErrorCode | 'accepted';
  /** Whether it may be billed, and whether its cost is only estimated. */
  readonly isBilled: boolean;
  readonly isEstimated?: boolean;
  readonly attempts: number;
  readonly end: 'committed' | 'given back' | ErrorCode;
}

/** Turned away before anything was generated, and served when asked again. */
const again = (fault: FaultName, first: ErrorCode): Row => ({
  fault,
  first,
  isBilled: false,
  attempts: 2,
  end: 'committed',
});
/** Turned away for good. */
const stopped = (fault: FaultName, first: ErrorCode): Row => ({
  fault,
  first,
  isBilled: false,
  attempts: 1,
  end: first,
});
/** Generated, paid for by our own count or by the reservation, and asked again. */
const lost = (fault: FaultName, first: ErrorCode, isEstimated = true): Row => ({
  fault,
  first,
  isBilled: true,
  isEstimated,
  attempts: 2,
  end: 'committed',
});
/** Oddly written, and good all the same. */
const good = (fault: FaultName, isEstimated = false): Row => ({
  fault,
  first: 'accepted',
  isBilled: true,
  isEstimated,
  attempts: 1,
  end: 'committed',
});
const at = (provider: Provider, row: Row): Row => ({ provider, ...row });

const rows: readonly Row[] = [
  again('429', 'model_rate_limited'),
  again('429-bare', 'model_rate_limited'),
  { ...again('429-long', 'model_rate_limited'), attempts: 1, end: 'given back' },
  { ...again('429-date', 'model_rate_limited'), attempts: 1, end: 'given back' },
  stopped('400', 'model_bad_request'),
  stopped('401', 'model_auth_failed'),
  stopped('402', 'model_quota_exhausted'),
  stopped('403', 'model_auth_failed'),
  stopped('404', 'model_bad_request'),
  stopped('context', 'model_context_exceeded'),
  again('500', 'model_unavailable'),
  again('502-html', 'model_unavailable'),
  again('503', 'model_unavailable'),
  again('529', 'model_unavailable'),
  again('error-array', 'model_unavailable'),
  again('error-string', 'model_unavailable'),
  lost('html', 'model_protocol_error'),
  again('base-resp', 'model_rate_limited'),
  again('error-in-200', 'model_unavailable'),
  { ...stopped('sensitive', 'model_refused'), isBilled: true, isEstimated: true },
  stopped('balance', 'model_quota_exhausted'),
  again('overload', 'model_unavailable'),
  lost('reset', 'model_unavailable'),
  lost('reset-after-headers', 'model_protocol_error'),
  lost('reset-mid-body', 'model_protocol_error'),
  lost('cut-stream', 'model_protocol_error'),
  lost('lost-response', 'model_unavailable'),
  lost('bad-json', 'answer_invalid', false),
  lost('cut-json', 'answer_invalid', false),
  good('prose-around'),
  good('fence'),
  lost('wrong-schema', 'answer_invalid', false),
  lost('missing-ids', 'answer_invalid', false),
  lost('extra-ids', 'answer_invalid', false),
  // A figure that is not in the source is told from the true ones later, against the quote.
  good('wrong-number'),
  lost('invented-quote', 'answer_invalid', false),
  lost('tool-xml', 'answer_invalid', false),
  lost('length', 'answer_truncated', false),
  lost('thinking-only', 'answer_truncated', false),
  lost('empty', 'answer_empty'),
  { ...stopped('refusal', 'model_refused'), isBilled: true },
  lost('repetition', 'answer_truncated'),
  lost('abort', 'model_unavailable', false),
  lost('open-think', 'answer_empty', false),
  good('split-think'),
  good('think-twice'),
  good('cumulative'),
  lost('no-choices', 'model_protocol_error', false),
  lost('no-finish', 'model_protocol_error', false),
  good('no-done'),
  good('json-for-stream'),
  good('empty-role'),
  good('other-model'),
  good('usage-missing', true),
  good('usage-negative', true),
  good('usage-absurd', true),
  at('cloudflare', stopped('401-burst', 'model_auth_failed')),
  at('cloudflare', again('error-in-200', 'model_unavailable')),
  at('cloudflare', stopped('balance', 'model_quota_exhausted')),
  at('cloudsway', { ...again('503', 'model_unavailable') }),
  // A task at Runware has an id of its own: what is lost on the way is fetched by it, in the same attempt.
  at('runware', good('lost-response')),
  at('runware', good('reset')),
  at('runware', good('reset-mid-body')),
  at('runware', good('html')),
  at('runware', stopped('conflict', 'model_bad_request')),
  at('runware', stopped('sensitive', 'model_refused')),
  at('runware', stopped('balance', 'model_quota_exhausted')),
  at('runware', again('529', 'model_unavailable')),
];

describe('a fault of a provider', () => {
  let bench: CallBench;
  let simulator: Simulator | undefined;
  beforeEach(async () => {
    bench = await openCallBench({ isCacheEnabled: false });
  });
  afterEach(async () => {
    await simulator?.close();
    await bench.close();
  });

  it.each(rows.map((row) => ({ provider: 'empiriolabs' as Provider, ...row })))(
    '$fault at $provider is $first and ends $end after $attempts',
    async ({ provider, fault, first, isBilled, isEstimated = false, attempts, end }) => {
      simulator = await startSimulator({ faults: [{ when: { nth: 1 }, fault }] });
      const environment = { ...keysFor(simulator), QUIRE_PROVIDERS: provider };
      const models = modelsOf(environment, createPollClock());
      const task = await bench.task();

      const run = await runNotes(bench, models, { task, notes: await planNotes(1) });

      const [record] = run.records;
      expect(summaryOf(faultyOf(run.ledger))).toEqual({
        outcome: first,
        isBilled,
        // Cloudsway publishes no price: each cost is an estimate there.
        isEstimated: isBilled && (isEstimated || provider === 'cloudsway'),
        isFree: !isBilled,
      });
      expect(run.ledger).toHaveLength(attempts);
      if (end === 'committed') expect(record?.state).toBe('committed');
      else if (end === 'given back') expect(run.result.remaining).toBe(1);
      else expect(record).toMatchObject({ state: 'failed', error: { code: end } });
      expect(simulator.report().violations).toEqual([]);
      const stored = await bench.ports.tasks.get(task.taskId);
      expect(stored?.budget.reservedInMicroUsd).toBe(0);
    },
  );

  it.each(['no-first-byte', 'hang', 'drip'] as const)(
    '%s is given up at its deadline, charged with all it may have cost, and asked again',
    async (fault) => {
      // Deadlines of minutes in a hundredth of their time, on both sides.
      const clock = createFastClock(100);
      simulator = await startSimulator({ faults: [{ when: { nth: 1 }, fault }], clock });
      const environment = { ...keysFor(simulator), QUIRE_PROVIDERS: 'empiriolabs' };
      const models = modelsOf(environment, clock);
      const task = await bench.task();

      const run = await runNotes(bench, models, { task, notes: await planNotes(1) });

      const faulty = faultyOf(run.ledger);
      expect(faulty).toMatchObject({
        outcome: 'model_timeout',
        isPossiblyBilled: true,
        isEstimated: true,
        costInMicroUsd: faulty?.reservedInMicroUsd,
      });
      expect(run.records[0]?.state).toBe('committed');
      expect(run.ledger).toHaveLength(2);
    },
  );
});

/** The attempt that met the fault: the one that was not accepted, if there is one. */
function faultyOf(ledger: readonly Attempt[]): Attempt | undefined {
  return ledger.find((row) => row.state === 'ended' && row.outcome !== 'accepted') ?? ledger[0];
}

function summaryOf(attempt: Attempt | undefined) {
  if (attempt?.state !== 'ended') return attempt;
  const { outcome, isPossiblyBilled, isEstimated, costInMicroUsd } = attempt;
  return { outcome, isBilled: isPossiblyBilled, isEstimated, isFree: costInMicroUsd === 0 };
}
