import type { Settings } from './settings.ts';

/** Settings that change which resources there are; the others only change values. */
export const switches = [
  'kmsKey',
  'waf',
  'permissionsBoundary',
  'eventSources',
  'schedules',
  'runwareWebhooks',
  'alarms',
  'dashboard',
  'alarmEmail',
] as const satisfies readonly (keyof Settings)[];

/**
 * Every setting with a value that is not its default, so that whatever is checked on templates can be checked with each switch. A new
 * setting needs a line here before it compiles.
 */
export const settingVariants: Readonly<Record<keyof Settings, unknown>> = {
  stage: 'test',
  providers: 'runware,runware-highspeed,cloudflare,cloudsway',
  retentionDays: 3,
  budgetUsd: 9,
  monthBudgetUsd: 500,
  keyMonthBudgetUsd: 50,
  cache: 'off',
  providerVariables: { EMPIRIOLABS_REQUESTS_PER_MINUTE: '10' },
  requestsPerSecond: 5,
  runwareWebhooks: 'on',
  allowLoopbackUrls: 'true',
  metrics: 'off',
  dashboard: 'off',
  alarms: 'off',
  alarmEmail: 'ops@example.com',
  alarmSpendPerHourUsd: 3,
  eventSources: 'com.example.documents',
  schedules: [
    {
      name: 'weekly',
      expression: 'rate(7 days)',
      task: { workflow: 'summarize', inputs: [{ url: 'https://example.com/report.docx' }] },
    },
  ],
  auth: 'jwt',
  authCacheSeconds: 0,
  jwtIssuer: 'https://id.example.com/',
  jwtAudience: 'https://quire.example.com',
  jwtTenantClaim: 'org',
  kmsKey: 'customer',
  waf: 'on',
  permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
  // The one setting without a choice.
  vpc: 'none',
  logRetentionDays: 7,
  tableDeletionProtection: 'on',
  readerConcurrency: 4,
  workflowsFolder: 'none',
};
