import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type ExecutionStatus,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
  ValidationException,
} from '@aws-sdk/client-sfn';
import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ExecutionState, WorkflowEngine } from '#shared/ports/workflow-engine.ts';
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
      const command = new StopExecutionCommand({
        executionArn: executionArn(machineOf(workflowId), executionName(taskId, run)),
        error: 'task_cancelled',
      });
      // Our own request is well formed, so that what is not valid is to stop what has ended by itself meanwhile.
      const harmless = [ExecutionDoesNotExist, ValidationException];
      await sent('StopExecution', () => client.send(command), harmless);
    },
    async describe({ taskId, workflowId, run }) {
      const command = new DescribeExecutionCommand({
        executionArn: executionArn(machineOf(workflowId), executionName(taskId, run)),
        // State is never needed here, and is not read where it can be left out.
        includedData: 'METADATA_ONLY',
      });
      let state: ExecutionState = 'missing';
      const describe = async () => {
        state = stateOf((await client.send(command)).status);
      };
      await sent('DescribeExecution', describe, [ExecutionDoesNotExist]);
      return state;
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

function stateOf(status: ExecutionStatus | undefined): ExecutionState {
  switch (status) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
    case 'TIMED_OUT':
      return 'failed';
    case 'ABORTED':
      return 'stopped';
    default:
      return 'running';
  }
}

function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
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
