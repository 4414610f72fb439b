import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { explain } from './deploy-error.ts';
import { type Leftover, leftoversOf, type StackResource } from './leftovers.ts';

/** Who deploys, and where. */
export interface Identity {
  readonly account: string;
  readonly region: string;
}

/** A stack with what it consists of and what its removal keeps. */
export interface StackContents {
  readonly resources: readonly StackResource[];
  readonly leftovers: readonly Leftover[];
}

/** The account that the credentials and the region of this machine name. */
export interface Account {
  identify(): Promise<Identity>;
  /** Whether `cdk bootstrap` has been here. */
  isBootstrapped(): Promise<boolean>;
  findStack(name: string): Promise<StackContents | undefined>;
  /** What removals of stacks of this name have kept; CloudFormation remembers for 90 days. */
  leftoversOfRemoved(name: string): Promise<readonly Leftover[]>;
}

/** Where AWS is and who asks, where it is not what the machine's settings say. */
export interface Place {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Every call has a time limit, and its errors are those of {@link explain}. Where nothing is said, the SDK looks where `aws` does. */
export function openAccount(place: Place = {}): Account {
  const options = {
    ...place,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
    },
  };
  const tokens = new STSClient(options);
  const stacks = new CloudFormationClient(options);
  return {
    identify: () => explained(() => identify(tokens)),
    isBootstrapped: () =>
      explained(async () => (await stackId(stacks, 'CDKToolkit')) !== undefined),
    findStack: (name) =>
      explained(async () => {
        const id = await stackId(stacks, name);
        return id === undefined ? undefined : await contentsOf(stacks, id);
      }),
    leftoversOfRemoved: (name) => explained(() => leftoversOfRemoved(stacks, name)),
  };
}

/** Runs something of AWS; what it throws is an obstacle with a remedy where there is one. */
export async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
}

async function identify(tokens: STSClient): Promise<Identity> {
  const region = await tokens.config.region();
  const { Account: account = '' } = await tokens.send(new GetCallerIdentityCommand({}));
  return { account, region };
}

async function stackId(stacks: CloudFormationClient, name: string): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({ StackName: name }));
    const found = Stacks.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    return found?.StackId;
  } catch (error) {
    // CloudFormation has no error of its own for a stack that is not there.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

async function contentsOf(stacks: CloudFormationClient, id: string): Promise<StackContents> {
  const resources: StackResource[] = [];
  for await (const page of paginateListStackResources({ client: stacks }, { StackName: id })) {
    for (const each of page.StackResourceSummaries ?? []) {
      resources.push({
        logicalId: each.LogicalResourceId ?? '',
        type: each.ResourceType ?? '',
        physicalId: each.PhysicalResourceId,
        status: each.ResourceStatus ?? '',
      });
    }
  }
  const { TemplateBody = '{"Resources":{}}' } = await stacks.send(
    new GetTemplateCommand({ StackName: id }),
  );
  return { resources, leftovers: leftoversOf(JSON.parse(TemplateBody), resources) };
}

async function leftoversOfRemoved(
  stacks: CloudFormationClient,
  name: string,
): Promise<readonly Leftover[]> {
  const leftovers: Leftover[] = [];
  const request = { StackStatusFilter: ['DELETE_COMPLETE' as const] };
  for await (const page of paginateListStacks({ client: stacks }, request)) {
    for (const { StackName, StackId } of page.StackSummaries ?? []) {
      if (StackName !== name || StackId === undefined) continue;
      leftovers.push(...(await contentsOf(stacks, StackId)).leftovers);
    }
  }
  return leftovers;
}
