/**
 * Names of the environment variables of the deployed functions: the stack sets them together with the rights they stand for, and the
 * runtime reads them. Values are names, ARNs and plain settings, never secrets.
 */
export const environmentNames = {
  table: 'QUIRE_TABLE_NAME',
  bucket: 'QUIRE_BUCKET_NAME',
  apiKeySecret: 'QUIRE_API_KEY_SECRET_ARN',
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

/** Owner of everything that is submitted to a deployed stack. */
export const deployedTenantId = 'default';

function constantCase(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
