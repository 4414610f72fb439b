import type { Deployment } from './deployment.ts';
import { comparable } from './history.ts';
import { historyAtEnd } from './history-at-end.ts';
import { createScenarioTools, type TaskBody } from './tools.ts';

/** Runs a task to its end. Equal for equal runs: the task as it is shown and the states it went through, without ids and times. */
export async function comparableRun(
  deployment: Deployment,
  request: object,
): Promise<{ task: TaskBody; history: unknown }> {
  const tools = createScenarioTools(deployment);
  const taskId = await tools.accept(request);
  const task = await tools.follow(taskId);
  return {
    task: withoutTimes(JSON.parse(JSON.stringify(task).replaceAll(taskId, 'tsk'))),
    history: comparable(await historyAtEnd(deployment, taskId), taskId),
  };
}

/** Times differ, and with them the bytes of what carries its own date; only AWS traces; of errors the stand-in does not tell the name. */
function withoutTimes({ timeline, artifacts, ...task }: TaskBody): TaskBody {
  const { createdAt, startedAt, endedAt, deadlineAt, traceId, error, ...rest } = task;
  return {
    ...rest,
    timeline: timeline.map(({ event }: { event: string }) => event),
    artifacts: artifacts.map(({ name }: { name: string }) => name),
  };
}
