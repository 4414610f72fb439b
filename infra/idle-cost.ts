import type { StackTemplate } from './synthesize.ts';

/** One kind of thing that is paid by the month, whether it is used or not. */
export interface IdleCostLine {
  readonly what: string;
  readonly count: number;
  readonly unitInUsd: number;
  readonly costInUsd: number;
}

export interface IdleCost {
  readonly lines: readonly IdleCostLine[];
  /** A month at rest, without what is stored. */
  readonly totalInUsd: number;
}

/**
 * How a resource is paid. `free`: it is only a setting of another. `use`: by requests, time of work or bytes stored; at rest nothing or cents.
 * `month`: a fixed sum. What is billed by the hour has no row, and a type without a row has no place in the stack.
 */
type Pricing = 'free' | 'use' | MonthlyPrice;

interface MonthlyPrice {
  readonly what: string;
  readonly unitInUsd: number;
  /** How many units one resource is. */
  readonly unitsOf?: (properties: Properties) => number;
  /** Units that cost nothing in every account. */
  readonly freeUnits?: number;
}

type Properties = Readonly<Record<string, unknown>>;

/** List prices of us-east-1 without the free tier of new accounts, read on 2026-11-21 from the price pages of each service. */
export const pricesAsOf = '2026-11-21';

const month = (
  what: string,
  unitInUsd: number,
  more: Partial<MonthlyPrice> = {},
): MonthlyPrice => ({
  what,
  unitInUsd,
  ...more,
});

/** The decision for each type of resource that the stack may have. */
const pricing: Readonly<Record<string, Pricing>> = {
  'AWS::ApiGateway::Account': 'free',
  'AWS::ApiGateway::Authorizer': 'free',
  'AWS::ApiGateway::Deployment': 'free',
  'AWS::ApiGateway::GatewayResponse': 'free',
  'AWS::ApiGateway::Method': 'free',
  'AWS::ApiGateway::Model': 'free',
  'AWS::ApiGateway::RequestValidator': 'free',
  'AWS::ApiGateway::Resource': 'free',
  'AWS::ApiGateway::RestApi': 'use',
  'AWS::ApiGateway::Stage': 'use',
  'AWS::ApiGateway::UsagePlan': 'free',
  'AWS::ApiGatewayV2::Api': 'use',
  'AWS::ApiGatewayV2::Integration': 'free',
  'AWS::ApiGatewayV2::Route': 'free',
  'AWS::ApiGatewayV2::Stage': 'free',
  'AWS::CloudWatch::Alarm': month('CloudWatch alarm', 0.1, { unitsOf: metricsOfAlarm }),
  'AWS::CloudWatch::CompositeAlarm': month('CloudWatch composite alarm', 0.5),
  'AWS::CloudWatch::Dashboard': month('CloudWatch dashboard', 3, { freeUnits: 3 }),
  'AWS::DynamoDB::Table': 'use',
  'AWS::Events::EventBus': 'use',
  'AWS::Events::EventBusPolicy': 'free',
  'AWS::Events::Rule': 'use',
  'AWS::IAM::ManagedPolicy': 'free',
  'AWS::IAM::Policy': 'free',
  'AWS::IAM::Role': 'free',
  'AWS::KMS::Alias': 'free',
  // One dollar more for each of its first two renewals, a year apart.
  'AWS::KMS::Key': month('KMS key', 1),
  'AWS::Lambda::EventInvokeConfig': 'free',
  'AWS::Lambda::EventSourceMapping': 'free',
  'AWS::Lambda::Function': 'use',
  'AWS::Lambda::Permission': 'free',
  'AWS::Logs::LogGroup': 'use',
  // The metric that it fills is paid in months in which it has data.
  'AWS::Logs::MetricFilter': 'use',
  'AWS::Logs::QueryDefinition': 'free',
  'AWS::Logs::ResourcePolicy': 'free',
  'AWS::S3::Bucket': 'use',
  'AWS::S3::BucketPolicy': 'free',
  'AWS::SNS::Subscription': 'use',
  'AWS::SNS::Topic': 'use',
  'AWS::SNS::TopicPolicy': 'free',
  'AWS::SQS::Queue': 'use',
  'AWS::SQS::QueuePolicy': 'free',
  'AWS::Scheduler::Schedule': 'use',
  'AWS::Scheduler::ScheduleGroup': 'free',
  'AWS::SecretsManager::ResourcePolicy': 'free',
  'AWS::SecretsManager::Secret': month('Secrets Manager secret', 0.4, { unitsOf: copiesOfSecret }),
  'AWS::StepFunctions::StateMachine': 'use',
  'AWS::WAFv2::WebACL': month('WAF web ACL and its rules', 1, { unitsOf: dollarsOfAcl }),
  'AWS::WAFv2::WebACLAssociation': 'free',
  'AWS::XRay::Group': 'free',
};

/** Properties that would turn a resource of the table into one that is billed by the hour. */
const billedByTheHour: Readonly<Record<string, (properties: Properties) => boolean>> = {
  'AWS::ApiGateway::Stage': (stage) => stage['CacheClusterEnabled'] === true,
  'AWS::DynamoDB::Table': (table) => table['BillingMode'] !== 'PAY_PER_REQUEST',
  'AWS::Lambda::Function': (each) =>
    ['VpcConfig', 'SnapStart', 'CapacityProviderConfig', 'FileSystemConfigs'].some(
      (name) => each[name] !== undefined,
    ),
  'AWS::Lambda::EventSourceMapping': (mapping) => mapping['ProvisionedPollerConfig'] !== undefined,
};

/** Names the resources for which nobody has decided that their price is fit for a stack that costs next to nothing at rest. */
export function unpricedResources({ Resources }: StackTemplate): readonly string[] {
  return Object.entries(Resources)
    .filter(([, { Type, Properties = {} }]) => {
      const isHourly = billedByTheHour[Type]?.(Properties) ?? false;
      return isHourly || pricing[Type] === undefined;
    })
    .map(([id, { Type }]) => `${Type} ${id}`);
}

/** What a month costs in which nobody does anything: computed from the template. */
export function idleCostOf({ Resources }: StackTemplate): IdleCost {
  const counts = new Map<MonthlyPrice, number>();
  for (const { Type, Properties = {} } of Object.values(Resources)) {
    const price = pricing[Type];
    if (typeof price !== 'object') continue;
    counts.set(price, (counts.get(price) ?? 0) + (price.unitsOf?.(Properties) ?? 1));
  }
  const lines = [...counts].map(([{ what, unitInUsd, freeUnits = 0 }, count]) => {
    const costInUsd = roundToCents(Math.max(0, count - freeUnits) * unitInUsd);
    return { what, count, unitInUsd, costInUsd };
  });
  return {
    lines,
    totalInUsd: roundToCents(lines.reduce((sum, { costInUsd }) => sum + costInUsd, 0)),
  };
}

/** The computation as a table for people. */
export function idleCostTable({ lines, totalInUsd }: IdleCost): string {
  const rows = lines.map(
    ({ what, count, unitInUsd, costInUsd }) =>
      `| ${what} | ${count} | ${unitInUsd.toFixed(2)} | ${costInUsd.toFixed(2)} |`,
  );
  return [
    '| paid by the month | units | USD each | USD a month |',
    '|---|---|---|---|',
    ...rows,
    `| **at rest** | | | **${totalInUsd.toFixed(2)}** |`,
  ].join('\n');
}

/** An alarm on an expression is paid for each metric that the expression reads. */
function metricsOfAlarm(alarm: Properties): number {
  const metrics = alarm['Metrics'];
  if (!Array.isArray(metrics)) return 1;
  return metrics.filter((each) => each.MetricStat !== undefined).length;
}

function copiesOfSecret(secret: Properties): number {
  const replicas = secret['ReplicaRegions'];
  return 1 + (Array.isArray(replicas) ? replicas.length : 0);
}

/** Five dollars for the list and one for each rule. */
function dollarsOfAcl(acl: Properties): number {
  const rules = acl['Rules'];
  return 5 + (Array.isArray(rules) ? rules.length : 0);
}

function roundToCents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
