/**
 * Names of the environment variables of the deployed functions: the stack sets them together with the rights they stand for, and the
 * runtime reads them. Values are names, ARNs and plain settings, never secrets.
 */
export const environmentNames = {
  table: 'QUIRE_TABLE_NAME',
  bucket: 'QUIRE_BUCKET_NAME',
  apiKeySecret: 'QUIRE_API_KEY_SECRET_ARN',
  /** How callers are known: {@link ApiAuth}. */
  auth: 'QUIRE_AUTH',
  /** Whose JSON Web Tokens are taken, whom they must be meant for, and which claim names the tenant. */
  jwtIssuer: 'QUIRE_JWT_ISSUER',
  jwtAudience: 'QUIRE_JWT_AUDIENCE',
  jwtTenantClaim: 'QUIRE_JWT_TENANT_CLAIM',
  /** Provider order, comma-separated; the same name as in a local run. */
  providers: 'QUIRE_PROVIDERS',
  /** Days until the objects and items of a task expire. */
  retentionDays: 'QUIRE_RETENTION_DAYS',
  /** Budget of a task whose submitter names none, in dollars. */
  defaultBudgetUsd: 'QUIRE_DEFAULT_BUDGET_USD',
  /** What may be spent in a calendar month (UTC), in dollars: by all tasks, and with one API key. */
  monthBudgetUsd: 'QUIRE_MONTH_BUDGET_USD',
  keyMonthBudgetUsd: 'QUIRE_KEY_MONTH_BUDGET_USD',
  /** `off`: every question is asked, also one that was answered before. */
  cache: 'QUIRE_CACHE',
  /** Queue for events that could not be handled. */
  deadLetterQueue: 'QUIRE_DEAD_LETTER_QUEUE_URL',
  /** ARN of the secret that those of completion webhooks are made of. */
  callbackSecret: 'QUIRE_CALLBACK_SECRET_ARN',
  /** Name of the deployment in its events. */
  deployment: 'QUIRE_DEPLOYMENT',
  /** `loopback`: URLs of callers may be of this machine and of plain HTTP. For tests only. */
  allowHttpUrls: 'QUIRE_ALLOW_HTTP_URLS',
  /** Stage and version of the deployment, for logs and metrics. */
  stage: 'QUIRE_STAGE',
  version: 'QUIRE_VERSION',
  /** `off`: no metrics are written. */
  metrics: 'QUIRE_METRICS',
  /** Where Runware announces answers, without the path; without it nothing is announced. */
  webhookBaseUrl: 'RUNWARE_WEBHOOK_BASE_URL',
  /** Seconds for which an announcement is waited for before the answer is asked for. */
  webhookWaitSeconds: 'RUNWARE_WEBHOOK_WAIT_SECONDS',
  /** The secret that the addresses of announcements are signed with. */
  webhookSecret: 'QUIRE_WEBHOOK_SECRET_ARN',
} as const;

/** The variable that holds the ARN of a provider's secret, for example `QUIRE_EMPIRIOLABS_SECRET_ARN`. */
export function providerSecretVariable(provider: string): string {
  return `QUIRE_${constantCase(provider)}_SECRET_ARN`;
}

/** The variable that overrides a provider's base URL, for example `EMPIRIOLABS_BASE_URL`; the same name as in a local run. */
export function baseUrlVariable(provider: string): string {
  return `${constantCase(provider)}_BASE_URL`;
}

/** The variable that holds the ARN of a workflow's state machine, for example `QUIRE_SUMMARIZE_MACHINE_ARN`. */
export function stateMachineVariable(workflowId: string): string {
  return `QUIRE_${constantCase(workflowId)}_MACHINE_ARN`;
}

/** What a provider's secret holds until somebody stores a key; it counts as no key. */
export const unsetSecret = 'unset';

/** Every API key starts with it, so that a leaked one is recognised by scanners. */
export const apiKeyPrefix = 'qk_';

/** How a deployment knows its callers: by keys of its own, by IAM, or by tokens of an identity provider. */
export const apiAuths = ['key', 'iam', 'jwt'] as const;
export type ApiAuth = (typeof apiAuths)[number];

/** The tenant that a deployment begins with: owner of what arrives in the inbox, and of the first key. */
export const deployedTenantId = 'default';

function constantCase(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
