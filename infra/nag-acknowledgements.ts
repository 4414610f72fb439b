import { CfnElement, type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding that is accepted. It holds for the construct at the path within the stack and all below it; `''` is the whole stack. */
export interface Acknowledgement {
  readonly at: string;
  readonly id: string;
  readonly reason: string;
}

/** Findings of cdk-nag (AWS Solutions) that are accepted, each with its reason. Whatever is not listed here stops the synthesis. */
export function acknowledgeFindings(
  stack: Stack,
  machines: readonly { readonly workflowId: string }[],
): void {
  const workflowIds = machines.map(({ workflowId }) => workflowId);
  const all = [
    ...plainFindings,
    ...serverlessFindings,
    ...tracingRoles(stack, workflowIds).map((at) => ({ at, ...anyResource })),
    ...keyPatterns.map((pattern) => objectsUnder(stack, pattern)),
    ...workflowIds.flatMap((id) => executionsOf(stack, id)),
  ];
  for (const { at, id, reason } of all) {
    if (optional.has(at) && stack.node.tryFindChild(at) === undefined) continue;
    Validations.of(constructAt(stack, at)).acknowledge({ id, reason });
  }
  if (stack.node.tryFindChild('Callbacks') === undefined) return;
  for (const { at, id, reason } of callbackFindings) {
    Validations.of(constructAt(stack, at)).acknowledge({ id, reason });
  }
}

/** What the setting `auth` decides whether it is there. */
const optional = new Set(['ApiKey', 'AuthorizerRole']);

const plainFindings: readonly Acknowledgement[] = [
  {
    at: 'Documents',
    id: 'AwsSolutions-S1',
    reason:
      'Only the functions of the stack and its presigned forms reach the bucket, and they log by task id; access logs would keep file names longer than the files.',
  },
  {
    at: 'ProviderKey',
    id: 'AwsSolutions-SMG4',
    reason: 'Providers offer no interface to rotate a key; the owner stores a new one by hand.',
  },
  {
    at: 'ApiKey',
    id: 'AwsSolutions-SMG4',
    reason:
      'A rotation that callers do not know of would lock them out; the secret takes an old and a new key side by side instead.',
  },
  {
    at: 'CallbackSecret',
    id: 'AwsSolutions-SMG4',
    reason:
      'Receivers keep the secrets that are made of it; a rotation that they do not know of would break every signature.',
  },
  {
    at: 'AfterTask/DeadLetters',
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself the dead-letter queue of the function and the rule of ended tasks.',
  },
  {
    at: 'InboxRule/DeadLetters',
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself the dead-letter queue of the inbox rule and of the inbox function.',
  },
  {
    at: 'AfterTask/DeadLetters',
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself the dead-letter queue of what follows the end of a task.',
  },
  {
    at: 'TaskApi/Api/CloudWatchRole',
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'API Gateway writes its logs with one role for the whole account, and AWS keeps this policy for it.',
  },
  {
    at: 'TaskApi/Api/Default',
    id: 'AwsSolutions-COG4',
    reason:
      'Callers are programs with keys, tokens or signatures, as the setting `auth` says; a user pool would serve people who sign in.',
  },
  {
    at: 'TaskApi/Api/Default/v1/health',
    id: 'AwsSolutions-APIG4',
    reason: 'The health check is open on purpose: it tells nothing but that the API answers.',
  },
  {
    at: 'TaskApi',
    id: 'AwsSolutions-APIG3',
    reason:
      'A web ACL costs a fixed sum each month; throttling and the key check stand in front of every route. Attach one if your rules ask for it.',
  },
];

/** Of the Serverless pack; AWS Solutions has rules of its own for the rest. */
const serverlessFindings: readonly Acknowledgement[] = [
  {
    at: '',
    id: 'Serverless::Serverless-LambdaDLQ',
    reason:
      'State machines and API Gateway call functions and wait for their answers; those that events call have a failure destination, the successor of dead-letter targets.',
  },
  {
    at: 'InboxRule/DeadLetters',
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    reason: 'It is itself the dead-letter queue of the inbox rule and of the inbox function.',
  },
  {
    at: 'AfterTask/DeadLetters',
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    reason: 'It is itself the dead-letter queue of what follows the end of a task.',
  },
  {
    at: 'Operations',
    id: 'Serverless::Serverless-SNSRedrivePolicy',
    reason:
      'A mail that cannot be delivered is of no use in a queue; the alarm itself stays in its state.',
  },
  {
    at: 'AfterTask/EveryMinute',
    id: 'Serverless::Serverless-EventBusDLQ',
    reason: 'A minute that is missed is made up for by the next one.',
  },
  ...['Sweeper/Schedule', 'Sweeper/ExecutionEnded'].map((at) => ({
    at,
    id: 'Serverless::Serverless-EventBusDLQ',
    reason: 'A sweep that is missed is made up for by the next one, which looks at every task.',
  })),
  {
    at: 'Sweeper/Function',
    id: 'Serverless::Serverless-LambdaAsyncFailureDestination',
    reason: 'A sweep that failed is made up for by the next one; the alarm on functions sees it.',
  },
];

/** Every accepted finding for people to read; those that repeat for each key pattern or machine stand here once. SECURITY.md shows it. */
export function acknowledgedFindings(): readonly Acknowledgement[] {
  return [
    ...plainFindings,
    ...serverlessFindings,
    { at: 'every role', ...anyResource },
    {
      at: 'every role',
      id: 'AwsSolutions-IAM5[Resource::<bucket>/<prefix>/*]',
      reason: objectsReason,
    },
    {
      at: 'ApiRole',
      id: 'AwsSolutions-IAM5[Resource::<executions of a machine>:*]',
      reason: executionsReason,
    },
  ];
}

/** Of the entrance for announcements, where it is asked for. */
const callbackFindings: readonly Acknowledgement[] = [
  {
    at: 'Callbacks/Api',
    id: 'AwsSolutions-APIG4',
    reason:
      'Providers send no credentials: the signed path is the right to say that one answer is there, and nothing else can be said here.',
  },
  {
    at: 'Callbacks/Secret',
    id: 'AwsSolutions-SMG4',
    reason:
      'A rotation would void the addresses of answers under way; a new value counts as soon as the functions start anew, and what was under way is fetched.',
  },
  {
    at: 'CallbackRole',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Sending X-Ray segments, for which IAM knows no narrower resource.',
  },
];

const anyResource = {
  id: 'AwsSolutions-IAM5[Resource::*]',
  reason:
    'Sending X-Ray segments and setting up the log delivery of a state machine: actions for which IAM knows no narrower resource.',
};

function tracingRoles(stack: Stack, workflowIds: readonly string[]): readonly string[] {
  return [
    'Step',
    'ApiRole',
    'EstimatesRole',
    'InboxRole',
    // Only where the settings name sources of events or schedules.
    ...(stack.node.tryFindChild('EventsRole') === undefined ? [] : ['EventsRole']),
    'AuthorizerRole',
    'Sweeper/FunctionRole',
    'AfterTask/HandlerRole',
    ...workflowIds.map((id) => `Workflow-${id}Role`),
  ];
}

const keyPatterns = [
  'inbox/*',
  'inbox/.failed/*',
  'inbox/*/.failed/*',
  'inbox/*/.done/*',
  'outbox/*',
  'uploads/*',
  'tasks/*/input/*',
  'tasks/*/document/*',
  'tasks/*/plan/*',
  'tasks/*/calls/*',
  'tasks/*/stage/*',
  'tasks/*/output/*',
];

function objectsUnder(stack: Stack, pattern: string): Acknowledgement {
  const bucket = logicalIdAt(stack, 'Documents/Resource');
  return {
    at: '',
    id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${pattern}]`,
    reason: objectsReason,
  };
}

const objectsReason =
  'One kind of object in the bucket of the stack; each function has only the kinds that its step reads or writes.';

function executionsOf(stack: Stack, workflowId: string): Acknowledgement[] {
  const machine = logicalIdAt(stack, `Workflow-${workflowId}/Resource`);
  const id = `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine}.Name>:*]`;
  return [
    {
      at: 'ApiRole',
      id,
      reason: executionsReason,
    },
    {
      at: 'Sweeper/FunctionRole',
      id,
      reason:
        'The sweeper asks where the execution of a task stands, and executions are named by their tasks.',
    },
  ];
}

const executionsReason =
  'A cancel stops an execution of this machine, and executions are named by their tasks.';

function logicalIdAt(stack: Stack, path: string): string {
  const element = constructAt(stack, path);
  if (!CfnElement.isCfnElement(element)) {
    throw new Error(`Expected a resource at ${path}, got a construct without a logical id.`);
  }
  return stack.resolve(element.logicalId);
}

function constructAt(stack: Stack, path: string): IConstruct {
  const ids = path === '' ? [] : path.split('/');
  return ids.reduce<IConstruct>((parent, id) => parent.node.findChild(id), stack);
}
