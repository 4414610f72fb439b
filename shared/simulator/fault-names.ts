import * as z from 'zod';

/** Faults that only a comparison with the source can tell: the answer looks right, and is counted as completed. */
const hiddenFaultNames = [
  'invented-quote',
  'invented-answer',
  'dropped-answer',
  'wrong-number',
  'broken-tags',
  'wrong-term',
  'wrong-owner',
  'wrong-due',
  'played-down',
  'invented-rule',
  'wrong-plan',
] as const;

/** What can go wrong on purpose. */
export const FaultName = z.enum(
  [
    // Refused with a status.
    '429',
    '429-bare',
    '429-long',
    '429-date',
    '400',
    '401',
    '401-burst',
    '402',
    '403',
    '404',
    'context',
    '500',
    '502-html',
    '503',
    '529',
    'error-array',
    'error-string',
    'conflict',
    // Refused inside of a 200.
    'html',
    'base-resp',
    'error-in-200',
    'sensitive',
    'balance',
    'overload',
    // The connection.
    'reset',
    'no-first-byte',
    'reset-after-headers',
    'reset-mid-body',
    'cut-stream',
    'hang',
    'drip',
    'lost-response',
    // What the answer says.
    'bad-json',
    'cut-json',
    'prose-around',
    'fence',
    'wrong-schema',
    'missing-ids',
    'extra-ids',
    ...hiddenFaultNames,
    'tool-xml',
    // How the answer ends.
    'length',
    'thinking-only',
    'empty',
    'refusal',
    'repetition',
    'abort',
    // How the answer is written down.
    'open-think',
    'split-think',
    'think-twice',
    'cumulative',
    'no-choices',
    'no-finish',
    'no-done',
    'json-for-stream',
    'empty-role',
    'other-model',
    'usage-missing',
    'usage-negative',
    'usage-absurd',
    // How an asynchronous answer is announced.
    'webhook-repeated',
    'webhook-lost',
    'webhook-late',
    'webhook-early',
    'webhook-forged',
    'webhook-huge',
    'webhook-garbage',
  ],
  { error: 'there is no such fault' },
);
export type FaultName = z.infer<typeof FaultName>;

/** Faults with which the answer is whole and right all the same, only oddly written: who survives them asks no second time. */
export const goodFaults: ReadonlySet<FaultName> = new Set<FaultName>([
  'prose-around',
  'fence',
  'split-think',
  'think-twice',
  'cumulative',
  'no-done',
  'json-for-stream',
  'empty-role',
  'usage-missing',
  'usage-negative',
  'usage-absurd',
  'webhook-repeated',
  'webhook-lost',
  'webhook-late',
  'webhook-early',
  'webhook-forged',
  'webhook-huge',
  'webhook-garbage',
]);

/** See {@link hiddenFaultNames}. */
export const hiddenFaults: ReadonlySet<FaultName> = new Set(hiddenFaultNames);

/** Whether the provider has done what it was asked as far as it can tell. */
export function countsAsCompleted(fault: FaultName | undefined): boolean {
  return fault === undefined || goodFaults.has(fault) || hiddenFaults.has(fault);
}
