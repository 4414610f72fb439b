import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { storeError } from './store-error.ts';

/** Executions in Step Functions. The name of an execution is its task's, which makes starting twice harmless. */
export function createStepFunctionsEngine(options: {
  client: SFNClient;
  /** By workflow id. */
  stateMachineArns: Readonly<Record<string, string>>;
}): WorkflowEngine {
  const { client, stateMachineArns } = options;
  const machineOf = (workflowId: string): string => {
    const arn = stateMachineArns[workflowId];
    if (arn !== undefined) return arn;
    throw new QuireError(
      'workflow_not_found',
      `Expected a workflow that is deployed, got “${workflowId}”. Deploy the stack again.`,
      { details: { workflowId } },
    );
  };
  return {
    async start({ taskId, workflowId, run }) {
      const command = new StartExecutionCommand({
        stateMachineArn: machineOf(workflowId),
        name: executionName(taskId, run),
        input: JSON.stringify({ taskId }),
      });
      await sent('StartExecution', () => client.send(command), [ExecutionAlreadyExists]);
    },
    async stop({ taskId, workflowId, run }) {
      const machineArn = machineOf(workflowId);
      const command = new StopExecutionCommand({
        executionArn: `${machineArn.replace(':stateMachine:', ':execution:')}:${executionName(taskId, run)}`,
        error: 'task_cancelled',
      });
      await sent('StopExecution', () => client.send(command), [ExecutionDoesNotExist]);
    },
    async answer(taskToken, answer) {
      const send = answer.isSuccess
        ? () =>
            client.send(
              new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer.output) }),
            )
        : () => client.send(new SendTaskFailureCommand({ taskToken, error: answer.code }));
      return await sent('SendTask', send, [TaskTimedOut, InvalidToken, TaskDoesNotExist]);
    },
  };
}

function executionName(taskId: TaskId, run: number): string {
  return run === 1 ? taskId : `${taskId}-r${run}`;
}

/** `false` where the service answers that there is nothing to do. */
async function sent(
  operation: string,
  send: () => Promise<unknown>,
  harmless: readonly (abstract new (...args: never[]) => Error)[],
): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (harmless.some((kind) => error instanceof kind)) return false;
    throw storeError(`Step Functions ${operation}`, error);
  }
}
