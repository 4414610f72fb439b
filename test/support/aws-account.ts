import { startTestServer, type TestServer } from './http-server.ts';

/** What stands in an account, as far as `quire doctor` asks for it. */
export interface AccountState {
  readonly stackName: string;
  readonly stackStatus: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly machineArns: readonly string[];
  readonly concurrency: number;
  readonly alarms: readonly string[];
  readonly messages: number;
  readonly takenInMicroUsd: number;
  /** Actions that the caller may not take. */
  readonly denied?: readonly string[];
}

/** What a store holds that must never be seen. */
export const storedKey = 'sk-stored-CANARY-key';

/** An account in which everything is as it should be. */
export function healthyAccount(apiUrl: string): AccountState {
  const secret = 'arn:aws:secretsmanager:eu-west-1:1:secret';
  return {
    stackName: 'quire-prod',
    stackStatus: 'UPDATE_COMPLETE',
    outputs: {
      ApiUrl: apiUrl,
      BucketName: 'documents',
      TableName: 'state',
      ApiKeySecret: `${secret}:api`,
      ProviderKeySecretempiriolabs: `${secret}:provider`,
      InboxDeadLetterQueue: 'https://sqs.eu-west-1.amazonaws.com/1/dead',
      MonthBudgetUsd: '50',
    },
    secrets: { [`${secret}:api`]: storedKey, [`${secret}:provider`]: storedKey },
    machineArns: ['arn:aws:states:eu-west-1:1:stateMachine:quire-prod-summarize'],
    concurrency: 1_000,
    alarms: [],
    messages: 0,
    takenInMicroUsd: 12_500_000,
  };
}

/** A server that speaks the protocols of CloudFormation (Query), Lambda (REST) and the JSON services, and nothing but what is asked here. */
export async function startAwsAccount(account: () => AccountState): Promise<TestServer> {
  return await startTestServer((request, body, response) => {
    const state = account();
    const target = String(request.headers['x-amz-target'] ?? '');
    const form = new URLSearchParams(body.toString());
    const action = target.split('.').at(-1) || form.get('Action') || 'GetAccountSettings';
    if (state.denied?.includes(action) === true) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: 'AccessDeniedException', message: 'not you' }));
      return;
    }
    if (form.has('Action')) {
      const { status, text } = formationAnswer(form, state);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
      return;
    }
    const input = target === '' ? {} : JSON.parse(body.toString());
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(jsonAnswer(action, input, state)));
  });
}

function jsonAnswer(action: string, input: Readonly<Record<string, string>>, state: AccountState) {
  switch (action) {
    case 'GetAccountSettings':
      return { AccountLimit: { ConcurrentExecutions: state.concurrency } };
    case 'GetSecretValue':
      return { SecretString: state.secrets[input['SecretId'] ?? ''] };
    case 'DescribeStateMachine':
      return { stateMachineArn: input['stateMachineArn'], status: 'ACTIVE' };
    case 'DescribeAlarms':
      return { MetricAlarms: state.alarms.map((AlarmName) => ({ AlarmName })) };
    case 'GetQueueAttributes':
      return { Attributes: { ApproximateNumberOfMessages: String(state.messages) } };
    case 'GetItem':
      return { Item: { takenInMicroUsd: { N: String(state.takenInMicroUsd) } } };
    default:
      throw new Error(`Nobody has taught this account ${action}.`);
  }
}

function formationAnswer(form: URLSearchParams, state: AccountState) {
  if (form.get('StackName') !== state.stackName) return { status: 400, text: noSuchStack };
  return { status: 200, text: stackAnswer(form.get('Action') ?? '', state) };
}

function stackAnswer(action: string, state: AccountState): string {
  const members = (items: readonly string[]) => items.map((item) => `<member>${item}</member>`);
  if (action === 'ListStackResources') {
    const resources = state.machineArns.map(
      (arn) =>
        `<ResourceType>AWS::StepFunctions::StateMachine</ResourceType><PhysicalResourceId>${arn}</PhysicalResourceId>`,
    );
    return answer(
      action,
      `<StackResourceSummaries>${members(resources).join('')}</StackResourceSummaries>`,
    );
  }
  const outputs = Object.entries(state.outputs).map(
    ([key, value]) => `<OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue>`,
  );
  const stack = `<StackName>${state.stackName}</StackName><StackStatus>${state.stackStatus}</StackStatus><Outputs>${members(outputs).join('')}</Outputs>`;
  return answer(action, `<Stacks>${members([stack]).join('')}</Stacks>`);
}

function answer(action: string, result: string): string {
  return `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
}

const noSuchStack =
  '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>';
