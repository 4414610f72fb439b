import Sequencer from '@jest/test-sequencer';

/** Files that take many seconds, the slowest first. A clean checkout knows no durations, and one of these at the end would keep a single core busy. */
const slowest = [
  'contract/provider-runs',
  'e2e/providers',
  'infra/stack',
  'e2e/scenarios',
  'documents/hostile',
  'steps/calls/promises',
  'contract/runware-webhooks',
  'e2e/budget',
  'contract/provider-faults',
  'e2e/cli',
  'contract/dynamo-stores',
  'workflows/approvals',
  'e2e/approvals',
  'documents/pdf',
];

/** Jest's own order, by earlier durations; before there are any, {@link slowest} first and the rest by size. */
export default class SlowFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.sort((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ path }) {
  const rank = slowest.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return rank === -1 ? slowest.length : rank;
}
