import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { createDynamoAnswerIndex } from '#shared/adapters/aws/dynamo/answer-index.ts';
import { createDynamoAnswerWaits } from '#shared/adapters/aws/dynamo/answer-waits.ts';
import { createDynamoCallStore } from '#shared/adapters/aws/dynamo/call-store.ts';
import { createDynamoCircuitBreaker } from '#shared/adapters/aws/dynamo/circuit-breaker.ts';
import { createDynamoConcurrencySlots } from '#shared/adapters/aws/dynamo/concurrency-slots.ts';
import { createDynamoProviderGate } from '#shared/adapters/aws/dynamo/provider-gate.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { createDynamoUsageLedger } from '#shared/adapters/aws/dynamo/usage-ledger.ts';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { openBudget } from '#shared/domain/budget.ts';
import { CallSpec } from '#shared/domain/call.ts';
import { type ErrorCode, QuireError } from '#shared/domain/errors.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelQuestion,
  ModelReply,
  PendingReply,
} from '#shared/ports/language-model.ts';
import type { CallLayerPorts, CallSettings } from '#shared/steps/calls/call-layer.ts';
import type { ModelStage, StageContext } from '#shared/workflows/definition.ts';
import { startTable } from './dynamo-servers.ts';
import { createRecordingLogger } from './silent-logger.ts';
import { stageContextOf } from './stage-context.ts';
import { ids, queuedTask, testTimeInMs } from './tasks.ts';
import { createVirtualClock, patientClock, type VirtualClock } from './virtual-clock.ts';

export interface CallBench {
  readonly ports: CallLayerPorts & { readonly clock: VirtualClock };
  readonly stage: ModelStage;
  readonly stageContext: StageContext;
  /** A running task with a budget. */
  task(budgetInMicroUsd?: number): Promise<RunningTask>;
  close(): Promise<void>;
}

/** A model that replies as scripted, in order; the last reply answers all that follow. It notes what it was asked. */
export interface ScriptedModel extends LanguageModel {
  readonly asked: readonly ModelQuestion[];
}

const { empiriolabs } = providerProfiles;
const noRate = { requestsPerMinute: undefined, tokensPerMinute: undefined };

type AnyReply = ModelReply | PendingReply;
export type Script = (question: ModelQuestion) => AnyReply | Promise<AnyReply>;

export function scriptedModel(...script: readonly Script[]): ScriptedModel {
  const asked: ModelQuestion[] = [];
  const keyId = ids.requestId();
  return {
    // Without a rate: the clock that jumps would add up the waits of calls that wait side by side.
    profile: { ...empiriolabs, limits: { ...empiriolabs.limits, ...noRate } },
    asked,
    // A key of its own: no circuit that another test has opened.
    keyId: async () => keyId,
    async ask(question) {
      const reply = script[Math.min(asked.length, script.length - 1)];
      asked.push(question);
      if (reply === undefined) throw new Error('The script is empty.');
      return await reply(question);
    },
  };
}

export function answers(text: string, overrides: Partial<ModelAnswer> = {}): Script {
  const usage = { inputTokens: 100, outputTokens: 50 };
  const answer = {
    text,
    finishReason: 'stop' as const,
    usage,
    toolCalls: [],
    modelAnswered: 'MiniMax-M2.7',
    thinkingLength: 0,
    ...overrides,
  };
  return () => ({ isAnswer: true, answer });
}

export function fails(
  code: ErrorCode,
  facts: { retryAfterInMs?: number; isPossiblyBilled?: boolean } = {},
): Script {
  return () => ({
    isAnswer: false,
    failure: {
      error: new QuireError(code, 'It failed.'),
      usage: {},
      isPossiblyBilled: facts.isPossiblyBilled ?? false,
      retryAfterInMs: facts.retryAfterInMs,
    },
  });
}

/** A stage that wants `{"n": number}` and finds a fault in negative numbers. */
export const numberStage: ModelStage = {
  kind: 'model',
  name: 'numbers',
  title: 'Numbers',
  tracksCoverage: true,
  isAdvisory: false,
  maxRounds: 1,
  plan: () => [],
  answer: z.object({ n: z.number() }),
  check: (answer) =>
    (answer as { n: number }).n < 0 ? [{ sentence: 'n is negative', isFatal: false }] : [],
  assemble: () => ({ output: null, isComplete: true }),
};

export function callSpec(index: number, content = `Question ${index}`): CallSpec {
  return CallSpec.parse({
    callId: callIdOf('numbers', 0, index),
    prompt: 'numbers@1',
    messages: [{ role: 'user', content }],
    maxOutputTokens: 1_000,
    temperature: 0.3,
    unitIds: [],
    context: {},
  });
}

const settings: CallSettings = {
  callsPerWorker: 25,
  leaseInMs: 60_000,
  longestCallInMs: 10_000,
  deliveryWaitInMs: 300_000,
  longestDeliveryInMs: 1_200_000,
  maxTries: 3,
  maxReasks: 2,
  isCacheEnabled: true,
};

export const worker = {
  deadlineAtInMs: testTimeInMs + 900_000,
  signal: new AbortController().signal,
};

/** The call layer over real stores, with a clock that jumps. */
export async function openCallBench(overrides: Partial<CallSettings> = {}): Promise<CallBench> {
  const table = await startTable({
    name: 'dynalite',
    skipped: undefined,
    start: () => startLocalDynamo(),
  });
  const directory = await mkdtemp(join(tmpdir(), 'quire-calls-'));
  const tasks = createDynamoTaskStore(table);
  const clock = createVirtualClock(testTimeInMs);
  return {
    ports: {
      tasks,
      calls: createDynamoCallStore(table),
      ledger: createDynamoUsageLedger(table),
      waits: createDynamoAnswerWaits(table),
      objects: createFileObjectStore({ directory }),
      gate: createDynamoProviderGate(table),
      // Nothing but the end of a call lets the next one in: nobody looks again by the clock.
      slots: createDynamoConcurrencySlots({
        ...table,
        clock: { ...patientClock, now: clock.now },
        holder: 'test',
      }),
      circuit: createDynamoCircuitBreaker(table),
      answers: createDynamoAnswerIndex(table),
      models: [],
      clock,
      ids,
      logger: createRecordingLogger(),
      random: () => 0.5,
      settings: { ...settings, ...overrides },
    },
    stage: numberStage,
    stageContext: stageContextOf({}),
    async task(budgetInMicroUsd = 1_000_000) {
      const queued = queuedTask({ budget: openBudget(budgetInMicroUsd) });
      await tasks.create(queued);
      const task = await tasks.begin(queued.taskId, { run: 1, nowInMs: testTimeInMs });
      if (task?.status !== 'RUNNING') throw new Error('Expected a running task.');
      return task;
    },
    async close() {
      await table.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
