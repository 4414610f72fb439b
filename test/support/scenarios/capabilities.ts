import type { DeploymentKind } from './deployment.ts';

/** Whether a scenario runs on a runner; if not, why not and what shows the same instead. */
export type Capability = { readonly runs: true } | { readonly runs: false; readonly why: string };

const runs: Capability = { runs: true };
const not = (why: string): Capability => ({ runs: false, why });
const both = { local: runs, 'stand-in': runs } as const;

/** Which scenario runs where. docs/testing-deployment.md is checked against it. */
export const capabilities = {
  'health is open, everything else asks for a key': both,
  'a task over plain HTTP': both,
  'a task with the quire command': {
    local: not('as `test/e2e/cli.test.ts` shows it'),
    'stand-in': runs,
  },
  'one task for an idempotency key': both,
  'a document by presigned form': both,
  'a document by a forbidden URL': both,
  'usage equals the ledger': both,
  'an execution is named by its task and knows its id only': both,
  'a file in the inbox becomes a task': both,
  'an event delivered three times is one task': {
    local: not('a folder delivers no events; looked at again: `test/e2e/inbox.test.ts`'),
    'stand-in': runs,
  },
  'a cancelled task asks nothing more': both,
  'a cancelled task is resumed': both,
  'a task without budget is resumed with more': both,
  'a hole makes a task PARTIAL': both,
  'an execution stopped from outside': {
    local: not('only a whole process can be stopped here; it goes on: `test/e2e/restart.test.ts`'),
    'stand-in': runs,
  },
  'logs and states are free of content and keys': both,
  'outbox and markers': both,
  'an approval round trip': both,
  'a rejected plan ends its task': both,
  'a signed completion webhook': both,
  "another tenant's key": both,
  'a revoked key': { local: not('as `test/e2e/keys.test.ts` shows it'), 'stand-in': runs },
  'events of a task': {
    local: not('events stay in the process: `test/unit/steps/tell.test.ts`'),
    'stand-in': runs,
  },
  'a custom event starts a task': {
    local: not('one process has no event bus to publish to'),
    'stand-in': runs,
  },
  'a webhook of Runware': {
    local: not('`test/e2e/webhooks.test.ts` holds announcements back and repeats them'),
    'stand-in': runs,
  },
  'an estimate without a task': both,
  'a table extracted from a workbook and a document': both,
  'two contracts compared': both,
  'a document translated in place': both,
  'a questionnaire filled in from documents': both,
  'minutes of a meeting': both,
  'an instruction becomes tasks': both,
  'an instruction that no workflow serves is refused': both,
  'a cancelled instruction ends its tasks': both,
  "a workflow of the user's own": both,
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
