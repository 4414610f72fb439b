import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  type HistoryEvent as AwsEvent,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { apiUrlIn } from '../../../scripts/stand-in/api-urls.ts';
import { quire } from '../quire-process.ts';
import type { Deployment } from './deployment.ts';
import { openEventTap } from './event-tap.ts';
import { invoke } from './functions.ts';
import { type HistoryEvent, historyOf } from './history.ts';
import { callApi } from './http.ts';
import { readLogs } from './stand-in-logs.ts';
import { until } from './until.ts';

/** What `npm run e2e` writes down of the stack that it has deployed. */
interface Target {
  readonly endpoint: string;
  readonly simulatorUrl: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The deployed stack; its provider keys are stored and its API key is read as docs/deploy.md tells. */
export async function openStandInDeployment(): Promise<Deployment> {
  const target: Target = JSON.parse(await readFile(process.env['QUIRE_STAND_IN'] ?? '', 'utf8'));
  const { endpoint, outputs } = target;
  const clients = clientsOf(endpoint);
  const adminKey = await exchangeKeys(clients.secrets, outputs);
  const tap = await openEventTap(endpoint, `quire-tap-${randomUUID().slice(0, 8)}`);
  const url = apiUrlIn(endpoint, outputs['ApiUrl'] ?? '');
  const files = { client: clients.s3, bucket: outputs['BucketName'] ?? '' };
  const executions = createExecutions(clients.stepFunctions);

  return {
    kind: 'stand-in',
    url: () => url,
    adminKey,
    call: (method, path, options) => callApi({ url, key: adminKey }, { method, path }, options),
    cli: (commandLine) => quire(commandLine, { QUIRE_URL: url, QUIRE_API_KEY: adminKey }),
    putFile: (path, content) => put(files, path, content),
    readFile: (path) => get(files, path),
    async deliverAgain(path) {
      const event = await until(async () =>
        (await tap.read()).find((each) => keyOf(each) === path),
      );
      // Nobody may publish in the name of S3; the function gets the event as the rule would hand it on.
      await invoke(endpoint, { name: '-Inbox', event });
    },
    history: executions.history,
    stopOutside: executions.stop,
    logs: () => readLogs(endpoint),
    async simulatorReport() {
      return (await (await fetch(`${target.simulatorUrl}/__sim/report`)).json()) as never;
    },
    publish: tap.publish,
    events: async () => (await tap.read()).filter(({ source }) => source === 'quire'),
    async close() {
      await tap.close();
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function clientsOf(endpoint: string) {
  const options = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  return {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    secrets: new SecretsManagerClient(options),
    stepFunctions: new SFNClient(options),
  };
}

/** Stores a key for each provider and reads the API key. */
async function exchangeKeys(
  secrets: SecretsManagerClient,
  outputs: Target['outputs'],
): Promise<string> {
  for (const [name, SecretId] of Object.entries(outputs)) {
    if (!name.startsWith('ProviderKeySecret')) continue;
    await secrets.send(
      new PutSecretValueCommand({ SecretId, SecretString: 'sk-scenario-provider' }),
    );
  }
  return `qk_${await readSecret(secrets, outputs['ApiKeySecret'])}`;
}

async function readSecret(
  secrets: SecretsManagerClient,
  SecretId: string | undefined,
): Promise<string> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

interface Files {
  readonly client: S3Client;
  readonly bucket: string;
}

async function put(
  { client, bucket }: Files,
  Key: string,
  content: string | Uint8Array,
): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content }));
}

async function get({ client, bucket }: Files, Key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

function keyOf({ detail }: { detail: Readonly<Record<string, unknown>> }): string | undefined {
  return (detail['object'] as { key?: string } | undefined)?.key;
}

function createExecutions(client: SFNClient) {
  const arnOf = async (executionName: string): Promise<string> => {
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    for (const { stateMachineArn = '' } of stateMachines) {
      const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName}`;
      const found = await client.send(new DescribeExecutionCommand({ executionArn: arn })).then(
        () => true,
        () => false,
      );
      if (found) return arn;
    }
    throw new Error(`Expected an execution ${executionName}; there is none.`);
  };
  return {
    async history(executionName: string) {
      const executionArn = await arnOf(executionName);
      const events: AwsEvent[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000, nextToken }),
        );
        events.push(...(page.events ?? []));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return historyOf(eventsOf(events));
    },
    async stop(executionName: string) {
      const executionArn = await arnOf(executionName);
      await client.send(new StopExecutionCommand({ executionArn }));
    },
  };
}

/** The stand-in tells of the steps in a Map what they returned, between its entry and its exit, and of their states nothing. */
function eventsOf(events: readonly AwsEvent[]): HistoryEvent[] {
  let isInside = false;
  return events.map((event) => {
    const { type = '' } = event;
    if (type === 'MapStateEntered') isInside = true;
    if (type === 'MapStateExited') isInside = false;
    return eventOf(event, isInside);
  });
}

const ends: Readonly<Record<string, string>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
  ExecutionTimedOut: 'TIMED_OUT',
};

function eventOf(event: AwsEvent, isInside: boolean): HistoryEvent {
  const { type = '' } = event;
  const end = ends[type];
  const entered = event.stateEnteredEventDetails;
  const left = event.stateExitedEventDetails;
  if (type === 'ExecutionStarted') {
    const value = JSON.parse(event.executionStartedEventDetails?.input ?? 'null');
    return { kind: 'started', isInside, value };
  }
  if (end !== undefined) return { kind: 'ended', isInside: false, value: end };
  if (entered !== undefined) return { kind: 'entered', name: entered.name, isInside: false };
  if (left !== undefined) {
    return { kind: 'left', name: left.name, isInside: false, value: JSON.parse(left.output ?? '') };
  }
  if (type === 'TaskSucceeded') {
    const value = JSON.parse(event.taskSucceededEventDetails?.output ?? 'null');
    return { kind: 'returned', isInside, value };
  }
  return { kind: 'other', isInside };
}
