/** A resource of a stack as CloudFormation lists it. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Its name or ARN; absent if it never came to be. */
  readonly physicalId?: string | undefined;
  readonly status: string;
}

/** What a removal leaves behind. */
export interface Leftover {
  readonly type: string;
  readonly physicalId: string;
}

interface Policies {
  readonly Resources: Readonly<Record<string, { readonly DeletionPolicy?: string }>>;
}

/** Resources that a removal of the stack keeps, as its template says, or that a removal has kept. */
export function leftoversOf(
  template: Policies,
  resources: readonly StackResource[],
): readonly Leftover[] {
  return resources.flatMap(({ logicalId, type, physicalId, status }) => {
    // No resource but a setting of the account, which nobody can delete.
    if (type === 'AWS::ApiGateway::Account') return [];
    const policy = template.Resources[logicalId]?.DeletionPolicy ?? 'Delete';
    const isKept = policy.startsWith('Retain') && status !== 'DELETE_COMPLETE';
    return isKept && physicalId !== undefined ? [{ type, physicalId }] : [];
  });
}

/** Text for the terminal before a removal: what goes. */
export function removalPlan({
  resources,
  leftovers,
}: {
  resources: readonly StackResource[];
  leftovers: readonly Leftover[];
}): string {
  const kept = new Set(leftovers.map(({ physicalId }) => physicalId));
  const counts = new Map<string, number>();
  for (const { type, physicalId } of resources) {
    if (physicalId !== undefined && kept.has(physicalId)) continue;
    const title = titles[type] ?? 'settings of these';
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const lines = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([title, count]) => `${String(count).padStart(5)} ${title}`);
  return ['What goes; tasks that run end unfinished:', ...lines].join('\n');
}

/** Text for the terminal: what a removal keeps, and with `isEverything` what is then deleted after all. */
export function keptList(leftovers: readonly Leftover[], isEverything: boolean): string {
  const deleted = isEverything ? leftovers.filter(({ type }) => !staysInAnyCase(type)) : [];
  const kept = leftovers.filter((each) => !deleted.includes(each));
  const parts = [
    ...section('What is deleted as well, for good:', deleted),
    ...section('What stays, and is paid for by what it stores:', kept),
  ];
  return parts.length === 0 ? 'Nothing stays.' : parts.join('\n');
}

/** Whether something serves more than this stack. */
function staysInAnyCase(type: string): boolean {
  return type === 'AWS::IAM::Role';
}

function section(head: string, leftovers: readonly Leftover[]): readonly string[] {
  const lines = leftovers.map(
    ({ type, physicalId }) => `  ${keptTitles[type] ?? type}: ${physicalId}`,
  );
  return lines.length === 0 ? [] : [head, ...lines];
}

const titles: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'API',
  'AWS::CloudWatch::Alarm': 'alarms',
  'AWS::Events::Rule': 'event rules',
  'AWS::IAM::Role': 'roles',
  'AWS::Lambda::Function': 'functions',
  'AWS::Logs::LogGroup': 'log groups with all log lines',
  'AWS::SQS::Queue': 'queues with their messages',
  'AWS::SecretsManager::Secret': 'secrets: keys of the API',
  'AWS::StepFunctions::StateMachine': 'state machines with their histories',
  'AWS::WAFv2::WebACL': 'web ACL',
};

const keptTitles: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'table with tasks and usage',
  'AWS::IAM::Role': 'role with which API Gateway writes the logs of all APIs of the account',
  'AWS::KMS::Key': 'key that encrypts what stays',
  'AWS::S3::Bucket': 'bucket with files and results',
  'AWS::SecretsManager::Secret': 'secret with the key of a provider',
};
