import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { buildStateMachine, placeholderOf } from '#shared/workflows/asl.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import type { WorkflowSteps } from './workflow-steps.ts';

export interface WorkflowMachineProps {
  readonly workflow: Workflow;
  readonly steps: WorkflowSteps;
}

/** The state machine of one workflow: the definition that a local run executes, with the functions' ARNs filled in. */
export class WorkflowMachine extends StateMachine {
  readonly workflowId: string;

  constructor(scope: Construct, id: string, props: WorkflowMachineProps) {
    const { workflow, steps } = props;
    const definition = JSON.stringify(buildStateMachine(workflow));
    const used = [...steps.functions].filter(([step]) =>
      definition.includes(`\${${placeholderOf(step)}}`),
    );
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: `Quire: runs the steps of ${workflow.id}`,
    });
    const name = machineName(scope, workflow.id);
    super(scope, id, {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      comment: `Quire ${workflow.id}, version ${workflow.version}`,
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries(
        used.map(([step, { functionArn }]) => [placeholderOf(step), functionArn]),
      ),
      role,
      tracingEnabled: true,
      logs: {
        // Under this prefix, log groups need no resource policy, which has a limit on its size.
        destination: new LogGroup(scope, `${id}Logs`, {
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    this.workflowId = workflow.id;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: used.map(([, { functionArn }]) => functionArn),
      }),
    );
  }
}

/** Known before the machine is: what the machine needs may have a right to it. */
function machineName(scope: Construct, workflowId: string): string {
  return `${Stack.of(scope).stackName}-${workflowId}`;
}

/** ARN of a workflow's machine, by its name alone. */
export function machineArn(scope: Construct, workflowId: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: machineName(scope, workflowId),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
