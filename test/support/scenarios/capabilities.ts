import type { DeploymentKind } from './deployment.ts';

/** Whether a scenario runs on a runner; if not, why not and what shows the same instead. */
export type Capability = { readonly runs: true } | { readonly runs: false; readonly why: string };

const runs: Capability = { runs: true };
const not = (why: string): Capability => ({ runs: false, why });
const both = { local: runs, 'stand-in': runs } as const;
/** Its feature is being built; the scenario is written and waits. */
const later = (feature: string) => ({
  local: not(`not yet: ${feature}`),
  'stand-in': not(`not yet: ${feature}`),
});

/** Which scenario runs where. docs/testing-deployment.md is checked against it. */
export const capabilities = {
  'health is open, everything else asks for a key': both,
  'a task over plain HTTP': both,
  'a task with the quire command': both,
  'one task for an idempotency key': both,
  'a document by presigned form': both,
  'a document by a forbidden URL': both,
  'usage equals the ledger': both,
  'an execution is named by its task and knows its id only': both,
  'a file in the inbox becomes a task': both,
  'an event delivered three times is one task': both,
  'a cancelled task asks nothing more': both,
  'a cancelled task is resumed': both,
  'a task without budget is resumed with more': both,
  'a hole makes a task PARTIAL': both,
  'an execution stopped from outside': {
    local: runs,
    'stand-in': not('not yet: the sweeper (issue 4, item 5)'),
  },
  'logs and states are free of content and keys': both,
  'outbox and markers': {
    local: runs,
    'stand-in': not('not yet: outbox and markers of the bucket (issue 4, item 3)'),
  },
  'an approval round trip': later('approvals (issue 4, item 5)'),
  'a signed completion webhook': later('completion webhooks (issue 4, item 6)'),
  "another tenant's key": later('API keys with tenants (issue 4, item 2)'),
  'a revoked key': later('API keys with tenants (issue 4, item 2)'),
  'events of a task': later('the event bus (issue 4, item 6)'),
  'a custom event starts a task': {
    local: not('one process has no event bus to publish to'),
    'stand-in': not('not yet: custom events (issue 4, item 3)'),
  },
  'a webhook of Runware': later('inbound webhooks (issue 4, item 6)'),
} as const satisfies Readonly<Record<string, Readonly<Record<DeploymentKind, Capability>>>>;

export type ScenarioName = keyof typeof capabilities;

/** The table as a page of the documentation has it. */
export function capabilityTable(): string {
  const cell = (capability: Capability) => (capability.runs ? 'yes' : capability.why);
  const rows = Object.entries(capabilities).map(
    ([name, { local, 'stand-in': standIn }]) => `| ${name} | ${cell(local)} | ${cell(standIn)} |`,
  );
  return ['| scenario | local | stand-in |', '| --- | --- | --- |', ...rows].join('\n');
}
