import { createDeployedStack, type DeployedStack } from '#shared/adapters/aws/deployed-stack.ts';
import { createDynamoAllowances } from '#shared/adapters/aws/dynamo/allowances.ts';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { formatUsd, microUsdOf } from '#shared/domain/cost.ts';
import { allowancesOf } from '#shared/steps/tasks/spending.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly sentence: string;
}

interface Inspected {
  readonly stack: DeployedStack;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Looks at everything that a deployed stack needs to work; changes nothing, and prints no value of a secret. */
export async function inspectStack(options: {
  stackName: string;
  region?: string | undefined;
}): Promise<readonly Finding[]> {
  // Where every client of the SDK looks first.
  if (options.region !== undefined) process.env['AWS_REGION'] = options.region;
  const stack = createDeployedStack(options.stackName);
  const found = await describe(stack, options.stackName);
  if (found.outputs === undefined) return [found.finding];
  const inspected = { stack, outputs: found.outputs };
  const others = await Promise.all([
    checked('the API', () => apiFindings(inspected)),
    checked('the secrets', () => secretFindings(inspected)),
    checked('the state machines', () => machineFindings(inspected)),
    checked('the concurrency of Lambda', () => concurrencyFindings(inspected)),
    checked('the alarms', () => alarmFindings(inspected)),
    checked('the dead-letter queues', () => queueFindings(inspected)),
    checked('the budget of the month', () => budgetFindings(inspected)),
  ]);
  return [found.finding, ...others.flat()];
}

async function describe(stack: DeployedStack, stackName: string) {
  try {
    const { status, outputs } = await stack.describe();
    const missing = neededOutputs.filter((name) => outputs[name] === undefined);
    const isWhole = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status) && missing.length === 0;
    const gap = missing.length === 0 ? '' : `, without the outputs ${missing.join(', ')}`;
    return { finding: judge(isWhole, `the stack ${stackName} is ${status}${gap}`), outputs };
  } catch (error) {
    return { finding: failed(`the stack ${stackName} cannot be read: ${reasonOf(error)}`) };
  }
}

const neededOutputs = ['ApiUrl', 'BucketName', 'TableName'];

/** A check that cannot be made is a finding too; it does not keep the others from being made. */
async function checked(
  subject: string,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [failed(`${subject} cannot be checked: ${reasonOf(error)}`)];
  }
}

const longestSkewInMs = 60_000;

async function apiFindings({ outputs }: Inspected): Promise<readonly Finding[]> {
  const { ApiUrl: url } = outputs;
  if (url === undefined) return [];
  const health = new URL('v1/health', url);
  const response = await fetch(health, { signal: AbortSignal.timeout(10_000) });
  const skewInMs = Math.abs(Date.now() - Date.parse(response.headers.get('date') ?? ''));
  const clock = `the clock of this machine is ${Math.round(skewInMs / 1_000)} s away from that of AWS`;
  return [
    judge(response.status === 200, `${health} answers ${response.status}`),
    // AWS refuses requests that are signed more than five minutes off.
    ...(Number.isNaN(skewInMs) ? [] : [judge(skewInMs <= longestSkewInMs, clock)]),
  ];
}

async function secretFindings({ stack, outputs }: Inspected): Promise<readonly Finding[]> {
  const arns = Object.entries(outputs).filter(([name]) => name.includes('Secret'));
  return await Promise.all(
    arns.map(async ([name, arn]) => {
      const isSet = await stack.isSecretSet(arn);
      return judge(isSet, `${name} is ${isSet ? 'set' : 'not set: store the key in it'}`);
    }),
  );
}

async function machineFindings({ stack }: Inspected): Promise<readonly Finding[]> {
  const arns = await stack.machineArns();
  const found = await Promise.all(
    arns.map(async (arn) => {
      const status = await stack.machineStatus(arn);
      return judge(status === 'ACTIVE', `the machine ${arn.split(':').at(-1)} is ${status}`);
    }),
  );
  return found.length > 0 ? found : [failed('the stack has no state machine')];
}

/** With less, one task with a full stage leaves nothing for the API. */
const comfortableConcurrency = 50;

async function concurrencyFindings({ stack }: Inspected): Promise<readonly Finding[]> {
  const limit = await stack.concurrencyLimit();
  const sentence = `Lambda runs up to ${limit} functions at once`;
  if (limit >= comfortableConcurrency) return [{ level: 'ok', sentence }];
  const advice = `tasks will be throttled; ask for more than ${comfortableConcurrency} under Service Quotas`;
  return [{ level: 'warn', sentence: `${sentence}: ${advice}` }];
}

async function alarmFindings({ stack }: Inspected): Promise<readonly Finding[]> {
  const names = await stack.alarmsOn();
  if (names.length === 0) return [{ level: 'ok', sentence: 'no alarm is on' }];
  return names.map((name) => failed(`the alarm ${name} is on: see docs/runbooks`));
}

async function queueFindings({ stack, outputs }: Inspected): Promise<readonly Finding[]> {
  const queues = Object.entries(outputs).filter(([name]) => name.endsWith('DeadLetterQueue'));
  return await Promise.all(
    queues.map(async ([name, url]) => {
      const messages = await stack.messagesIn(url);
      return judge(messages === 0, `${name} holds ${messages} messages`);
    }),
  );
}

async function budgetFindings({ outputs }: Inspected): Promise<readonly Finding[]> {
  const { TableName: tableName, MonthBudgetUsd: limit } = outputs;
  if (tableName === undefined || limit === undefined) return [];
  const caller = { keyId: '', nowInMs: Date.now() };
  const [allowance] = allowancesOf({ monthInMicroUsd: microUsdOf(Number(limit)) }, caller);
  if (allowance === undefined) return [];
  const allowances = createDynamoAllowances({ client: createDynamoClient(), tableName });
  const leftInMicroUsd = allowance.limitInMicroUsd - (await allowances.taken(allowance.id));
  const sentence = `${formatUsd(Math.max(0, leftInMicroUsd))} of the month's ${formatUsd(allowance.limitInMicroUsd)} are left`;
  return [judge(leftInMicroUsd > 0, sentence)];
}

function judge(isGood: boolean, sentence: string): Finding {
  return { level: isGood ? 'ok' : 'fail', sentence };
}

function failed(sentence: string): Finding {
  return { level: 'fail', sentence };
}

/** The name of an error says what is wrong; its text may say who one is. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
