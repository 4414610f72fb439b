import { randomUUID } from 'node:crypto';
import { createEnvironmentSecrets } from '#shared/adapters/local/environment-secrets.ts';
import { chunkDocuments } from '#shared/documents/chunk.ts';
import type { Attempt, CallRecord, CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { Environment } from '#shared/runtime/environment.ts';
import { createModels } from '#shared/runtime/models.ts';
import { providerSettings } from '#shared/runtime/provider-settings.ts';
import type { Simulator } from '#shared/simulator/server.ts';
import type { BatchResult } from '#shared/steps/calls/run-batch.ts';
import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import type { StageContext } from '#shared/workflows/definition.ts';
import { notesStage } from '#shared/workflows/summarize/notes.ts';
import { SummarizeParams } from '#shared/workflows/summarize/params.ts';
import type { CallBench } from './call-layer.ts';
import { longMarkdown } from './long-document.ts';
import { readDocument } from './read-document.ts';
import { stageContextOf } from './stage-context.ts';

/** The first stage of `summarize` over a text, planned as in a task. */
export interface PlannedNotes {
  readonly specs: readonly CallSpec[];
  readonly stageContext: StageContext;
}

/** Plans notes about a text of so many sections, each a call of its own. */
export async function planNotes(sections: number): Promise<PlannedNotes> {
  const document = await documentOf(longMarkdown(sections));
  const params = SummarizeParams.parse({ chunkTokens: 500 });
  const stageContext = stageContextOf({ params, documents: [document] });
  const chunks = chunkDocuments([document], { maxTokens: 500 });
  const specs = notesStage.plan({ ...stageContext, round: 0, chunks, previous: undefined });
  return { specs: [...specs], stageContext };
}

function documentOf(text: string): Promise<Document> {
  const bytes = new TextEncoder().encode(text);
  return readDocument({ documentId: documentIdOf(1), name: 'depots.md', bytes }, ['markdown']);
}

/** Keys of all providers, each at its place of a simulator. */
export function keysFor(simulator: Pick<Simulator, 'baseUrls'>): Environment {
  const { baseUrls } = simulator;
  return {
    CLOUDFLARE_API_TOKEN: 'cf-key',
    CLOUDFLARE_ACCOUNT_ID: 'account1',
    CLOUDFLARE_BASE_URL: baseUrls.cloudflare,
    RUNWARE_API_KEY: 'rw-key',
    RUNWARE_BASE_URL: baseUrls.runware,
    EMPIRIOLABS_API_KEY: 'el-key',
    EMPIRIOLABS_BASE_URL: baseUrls.empiriolabs,
    CLOUDSWAY_ACCESS_KEY: 'cw-key',
    CLOUDSWAY_BASE_URL: baseUrls.cloudsway,
  };
}

/** The models of a deployment with these variables; without rates, since the clock that jumps adds up waits that are side by side. */
export function modelsOf(environment: Environment, clock: Clock): LanguageModel[] {
  const settings = providerSettings(environment, () => true).map((each) => {
    const { limits } = each.profile;
    const noRate = { ...limits, requestsPerMinute: undefined, tokensPerMinute: undefined };
    return { ...each, profile: { ...each.profile, limits: noRate } };
  });
  const secrets = createEnvironmentSecrets(environment);
  // A circuit of its own for each test: they share a table.
  const keyId = randomUUID();
  return createModels(settings, { secrets, clock }).map((model) => ({
    ...model,
    keyId: async () => keyId,
  }));
}

export interface NotesRun {
  readonly result: BatchResult;
  readonly records: readonly CallRecord[];
  readonly ledger: readonly Attempt[];
}

/** Runs notes of a task as one worker, with the models in their order. */
export async function runNotes(
  bench: CallBench,
  models: readonly LanguageModel[],
  {
    task,
    notes,
    deadlineInMs = 900_000,
  }: {
    task: RunningTask;
    notes: PlannedNotes;
    deadlineInMs?: number;
  },
): Promise<NotesRun> {
  const runBatch = createRunBatch({ ...bench.ports, models: [...models] });
  const result = await runBatch(
    {
      task,
      round: 0,
      specs: notes.specs,
      stage: notesStage,
      stageContext: notes.stageContext,
      worker: { index: 0, count: 1 },
    },
    {
      deadlineAtInMs: bench.ports.clock.now() + deadlineInMs,
      signal: new AbortController().signal,
    },
  );
  return {
    result,
    records: await bench.ports.calls.list(task.taskId, notesStage.name, 0),
    ledger: await bench.ports.ledger.list(task.taskId),
  };
}
