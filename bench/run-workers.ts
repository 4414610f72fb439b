import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import { stageContext, trivialStage } from './call-fixtures.ts';

type RunBatch = ReturnType<typeof createRunBatch>;
type Batch = Parameters<RunBatch>[0];

/** Lets workers share the calls of a stage, as the state machine does, until all have ended. */
export async function runWorkers(
  ports: Parameters<typeof createRunBatch>[0],
  calls: Pick<Batch, 'task' | 'specs'>,
  { workers, withinInMs }: { workers: number; withinInMs: number },
): Promise<void> {
  const runBatch = createRunBatch(ports);
  const context = {
    deadlineAtInMs: ports.clock.now() + withinInMs,
    signal: new AbortController().signal,
  };
  await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const worker = { index, count: workers };
      const batch = { ...calls, round: 0, stage: trivialStage, stageContext, worker };
      return runBatch(batch, context);
    }),
  );
}
