import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { unsetSecret } from '#shared/domain/environment.ts';
import { createSecretText } from './secret-text.ts';

/** A deployed stack as its owner sees it with credentials of their own: read only, and no value of a secret leaves it. */
export interface DeployedStack {
  /** Throws where there is no such stack. */
  describe(): Promise<{
    readonly status: string;
    readonly outputs: Readonly<Record<string, string>>;
  }>;
  machineArns(): Promise<readonly string[]>;
  /** `ACTIVE` where executions can be started. */
  machineStatus(arn: string): Promise<string>;
  /** Whether somebody has stored something in a secret. */
  isSecretSet(arn: string): Promise<boolean>;
  /** Functions that may run at the same time in the account and region. */
  concurrencyLimit(): Promise<number>;
  /** Names of the stack's alarms that are on. */
  alarmsOn(): Promise<readonly string[]>;
  messagesIn(queueUrl: string): Promise<number>;
}

const requestHandler = {
  connectionTimeout: 3_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
};

/** Looks at a stack in the region of the environment or the profile. */
export function createDeployedStack(stackName: string): DeployedStack {
  const settings = { maxAttempts: 3, requestHandler };
  const secrets = new SecretsManagerClient(settings);
  const machines = new SFNClient(settings);
  const queues = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  return {
    ...formation(new CloudFormationClient(settings), stackName),
    async machineStatus(stateMachineArn) {
      const { status } = await machines.send(new DescribeStateMachineCommand({ stateMachineArn }));
      return status ?? 'unknown';
    },
    async isSecretSet(arn) {
      const text = (await createSecretText(arn, secrets)())?.trim() ?? '';
      return text !== '' && text !== unsetSecret;
    },
    async concurrencyLimit() {
      const answer = await new LambdaClient(settings).send(new GetAccountSettingsCommand());
      return answer.AccountLimit?.ConcurrentExecutions ?? 0;
    },
    async alarmsOn() {
      const alarms = new DescribeAlarmsCommand({
        AlarmNamePrefix: `${stackName}-`,
        StateValue: 'ALARM',
      });
      const { MetricAlarms = [] } = await new CloudWatchClient(settings).send(alarms);
      return MetricAlarms.flatMap(({ AlarmName }) => (AlarmName === undefined ? [] : [AlarmName]));
    },
    async messagesIn(QueueUrl) {
      const name = 'ApproximateNumberOfMessages';
      const attributes = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] });
      const { Attributes } = await queues.send(attributes);
      return Number(Attributes?.[name] ?? 0);
    },
  };
}

function formation(
  client: CloudFormationClient,
  stackName: string,
): Pick<DeployedStack, 'describe' | 'machineArns'> {
  return {
    async describe() {
      const { Stacks = [] } = await client.send(
        new DescribeStacksCommand({ StackName: stackName }),
      );
      const [stack] = Stacks;
      const outputs = (stack?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
        OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
      );
      return { status: stack?.StackStatus ?? 'unknown', outputs: Object.fromEntries(outputs) };
    },
    async machineArns() {
      const arns: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await client.send(
          new ListStackResourcesCommand({ StackName: stackName, NextToken }),
        );
        for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
          const isMachine = ResourceType === 'AWS::StepFunctions::StateMachine';
          if (isMachine && PhysicalResourceId !== undefined) arns.push(PhysicalResourceId);
        }
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return arns;
    },
  };
}
