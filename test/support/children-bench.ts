import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import type { Problem } from '#shared/domain/errors.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { isEnded, type RunningTask, type Task, type TaskEnding } from '#shared/domain/task.ts';
import { endTask } from '#shared/steps/end-task.ts';
import { putJson } from '#shared/steps/json-objects.ts';
import { createRunChildren } from '#shared/steps/run-children.ts';
import { childrenOf } from '#shared/steps/tasks/children-of.ts';
import { type ApprovalBench, scriptedEngine } from './approval-bench.ts';
import { documentFromLines } from './sample-documents.ts';
import { queuedTask, testTimeInMs } from './tasks.ts';

const totals = { units: 2, used: 2, skipped: 0, failed: 0 };
export const problem: Problem = { code: 'model_unavailable', message: 'The provider is down.' };
const artifacts = [{ name: 'summary.md', contentType: 'text/markdown', sizeInBytes: 3 }];
export const endings = {
  SUCCEEDED: { status: 'SUCCEEDED', artifacts, coverage: totals },
  PARTIAL: { status: 'PARTIAL', artifacts, coverage: totals, reasons: [problem] },
  FAILED: { status: 'FAILED', error: problem },
  CANCELLED: { status: 'CANCELLED' },
} satisfies Record<string, TaskEnding>;

/** Two tasks over documents, and two that build on what these deliver. */
export const tasks = [
  { id: 'a', workflow: 'summarize', inputs: ['d1'], why: 'First.' },
  { id: 'b', workflow: 'summarize', inputs: ['d2'], why: 'Second.' },
  { id: 'c', workflow: 'summarize', inputs: ['a/summary.md'], why: 'On top of a.' },
  {
    id: 'e',
    workflow: 'summarize',
    inputs: ['c/summary.md', 'b/summary.md'],
    why: 'On top of all.',
  },
];
export const documents = [1, 2].map((position) =>
  documentFromLines(['One.', 'Two.'], { position, name: `d${position}.md` }),
);
export const params = { instruction: 'Summarise', plan: { tasks } };

/** A parent that has come to its children, in stores of its own server. */
export async function openParent(bench: ApprovalBench, directory: string) {
  const objects = createFileObjectStore({ directory });
  const engine = scriptedEngine();
  const ports = { ...bench.ports, objects, engine, tell: async () => undefined };
  const step = createRunChildren(ports);
  const queued = queuedTask({ workflowId: 'auto', params });
  const inputs = documents.map(({ name }, index) => {
    const documentId = documentIdOf(index + 1);
    return {
      documentId,
      name,
      objectKey: objectKeys.input(queued.taskId, documentId),
      sizeInBytes: 3,
    };
  });
  const { taskId } = queued;
  await ports.tasks.create({ ...queued, inputs, deadlineAtInMs: testTimeInMs + 1_000_000_000 });
  for (const [index, document] of documents.entries()) {
    await objects.put(inputs[index]?.objectKey ?? '', new Uint8Array([1, 2, 3]));
    await putJson(objects, objectKeys.document(taskId, document.id), document);
  }
  const unanswered = { tasks: [], unused: [], notServed: [] };
  await putJson(objects, objectKeys.stageOutput(taskId, 'decompose'), { output: unanswered });
  await ports.tasks.begin(taskId, { run: 1, nowInMs: testTimeInMs });
  return {
    ports,
    engine,
    taskId,
    task: async () => (await ports.tasks.get(taskId)) as RunningTask,
    run: () => step.run({ taskId, stage: 'tasks' }, context),
    children: async () => await childrenOf(ports.tasks, (await ports.tasks.get(taskId)) as Task),
    /** Ends a child as its own machine would, with its files. */
    async end(child: Task, ending: TaskEnding) {
      if ('artifacts' in ending) {
        for (const { name } of ending.artifacts) {
          await objects.put(objectKeys.artifact(child.taskId, name), new Uint8Array([1, 2, 3]));
        }
        await putJson(
          objects,
          objectKeys.artifact(child.taskId, 'coverage.json'),
          coverageOf(child),
        );
      }
      await endTask(ports, child, { run: child.run, ending });
    },
    output: async () =>
      JSON.parse(
        new TextDecoder().decode(await objects.get(objectKeys.stageOutput(taskId, 'tasks'))),
      ).output,
  };
}

const context = { deadlineAtInMs: Infinity, signal: new AbortController().signal };

function coverageOf({ inputs }: Task) {
  const ledgers = inputs.map(({ documentId, name }) => ({
    documentId,
    name,
    units: ['u1', 'u2'].map((unit) => ({
      unitId: `${documentId}.${unit}`,
      state: 'used',
      place: 'line',
    })),
    warnings: [],
  }));
  return { totals, documents: ledgers };
}

export type Parent = Awaited<ReturnType<typeof openParent>>;
export type Fate = keyof typeof endings;

/** Runs the step and ends whatever it has started, until nothing is left; the error that it ended with, if it did. */
export async function endAll(parent: Parent, fates: readonly Fate[]): Promise<unknown> {
  const ids = tasks.map(({ id }) => id);
  for (let looks = 0; looks < 10; looks += 1) {
    try {
      if ((await parent.run()).remaining === 0) return undefined;
    } catch (error) {
      return error;
    }
    for (const child of await parent.children()) {
      if (isEnded(child) || child.origin?.kind !== 'task') continue;
      await parent.end(child, endings[fates[ids.indexOf(child.origin.childId)] ?? 'FAILED']);
    }
  }
  throw new Error('The children never end.');
}
