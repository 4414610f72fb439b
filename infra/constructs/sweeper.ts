import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { QuireFunction, type StartableMachine } from './quire-function.ts';
import type { StateTable } from './state-table.ts';
import { workflowFileHooks } from './workflow-files.ts';

export interface SweeperProps {
  readonly table: StateTable;
  readonly machines: readonly StartableMachine[];
  /** Definitions of the user's own workflows. */
  readonly workflowFiles: readonly string[];
}

/**
 * Sees to what a crash, a lost event or a person who says nothing has left undone: every five minutes to every task, and to one task at
 * once where its execution was ended from outside.
 */
export class Sweeper extends Construct {
  readonly handler: QuireFunction;

  constructor(scope: Construct, id: string, { table, machines, workflowFiles }: SweeperProps) {
    super(scope, id);
    this.handler = new QuireFunction(this, 'Function', {
      entry: 'lambdas/sweeper.ts',
      description: 'brings tasks and executions together again, and ends what nobody answers',
      timeout: Duration.minutes(4),
      commandHooks: workflowFileHooks(workflowFiles),
    })
      .bindTable(table, 'read-write')
      .bindTableIndexes(table)
      .bindEvents();
    for (const machine of machines) {
      this.handler
        .bindMachine(machine, 'start')
        .bindExecutionStates(machine)
        .bindTaskTokens(machine);
    }
    // A sweep that fails needs no second try: the next one comes anyway.
    this.handler.configureAsyncInvoke({ retryAttempts: 1, maxEventAge: Duration.minutes(5) });
    new Rule(this, 'Schedule', {
      description: 'Quire: time to look after the tasks',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(this.handler)],
    });
    new Rule(this, 'ExecutionEnded', {
      description: 'Quire: an execution is over that may not have ended its task',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
          stateMachineArn: machines.map(({ stateMachineArn }) => stateMachineArn),
        },
      },
      targets: [new LambdaFunction(this.handler)],
    });
  }
}
