import { apiKeyPrefix } from '#shared/domain/environment.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { ProviderName } from '#shared/domain/providers.ts';

/** Outputs of a stack by their names. */
export type Outputs = Readonly<Record<string, string>>;

export interface Deployed {
  readonly outputs: Outputs;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** In the order of the settings. */
  readonly providers: readonly ProviderName[];
}

/** Text for the terminal after a deployment: what is there, and each command up to the first result, ready to be copied. */
export function nextSteps(deployed: Deployed): string {
  const { outputs, stackName, account, region } = deployed;
  const url = outputs['ApiUrl'] ?? '';
  const sections = [
    `${stackName} is deployed to ${region}, account ${account}.\n\n  API    ${url}\n  files  s3://${outputs['BucketName']}`,
    ...secretsToFill(deployed).map(([title, arn]) => storeKey({ title, arn, region })),
    step('Read the first API key', [
      `export QUIRE_API_KEY="${apiKeyPrefix}$(aws secretsmanager get-secret-value --region ${region} --secret-id '${outputs['ApiKeySecret']}' --query SecretString --output text)"`,
    ]),
    step('Send a task', [
      `curl -sS '${url}v1/tasks' -H "Authorization: Bearer $QUIRE_API_KEY" -H 'Content-Type: application/json' -H 'Idempotency-Key: my-first-task' -d '${firstTask}'`,
    ]),
    step(
      'Look at it, with the taskId of the answer, until its status is SUCCEEDED; then fetch the file',
      [
        `curl -sS '${url}v1/tasks/<taskId>' -H "Authorization: Bearer $QUIRE_API_KEY"`,
        `curl -sSL '${url}v1/tasks/<taskId>/artifacts/summary.docx' -H "Authorization: Bearer $QUIRE_API_KEY" -o summary.docx`,
      ],
    ),
  ];
  return numbered(sections);
}

const firstTask = JSON.stringify({
  workflow: 'summarize',
  inputs: [
    { name: 'note.md', text: '# Decision\n\nThe board approved the budget of 4.2 million.' },
  ],
});

/** One secret for each account at a provider: two models of one account share theirs. */
function secretsToFill({ outputs, providers }: Deployed): readonly (readonly [string, string])[] {
  const byArn = new Map<string, string>();
  for (const provider of providers) {
    const arn = outputs[`ProviderKeySecret${provider.replace('-', '')}`];
    if (arn !== undefined && !byArn.has(arn)) byArn.set(arn, providerProfiles[provider].title);
  }
  return [...byArn].map(([arn, title]) => [title, arn]);
}

function storeKey({ title, arn, region }: { title: string; arn: string; region: string }): string {
  return step(`Store the key of ${title}; it is typed, so that it is in no shell history`, [
    'read -rs PROVIDER_KEY',
    `aws secretsmanager put-secret-value --region ${region} --secret-id '${arn}' --secret-string "$PROVIDER_KEY"`,
    'unset PROVIDER_KEY',
  ]);
}

function step(title: string, commands: readonly string[]): string {
  return [`${title}:`, '', ...commands.map((each) => `  ${each}`)].join('\n');
}

/** The first section is no step. */
function numbered([head, ...steps]: readonly string[]): string {
  return [head, ...steps.map((text, index) => `${index + 1}. ${text}`)].join('\n\n');
}
