import type { Node } from 'constructs';
import * as z from 'zod';
import { apiAuths } from '#shared/domain/environment.ts';
import { ProviderName } from '#shared/domain/providers.ts';
import { eventSources, schedules } from './event-settings.ts';

/** `["a", "b"]` in cdk.json, or `a,b` as `-c` gives it. */
const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value),
  z
    .array(ProviderName.exclude(['simulator']))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'each provider once'),
);

/** Names that a deployment may set for a provider, without those of its secret. */
const overridable =
  /^[A-Z0-9_]+_(BASE_URL|ROUTE|MODEL|REQUESTS_PER_MINUTE|TOKENS_PER_MINUTE|MAX_IN_FLIGHT|MAX_OUTPUT_TOKENS|CONTEXT_TOKENS|PRICE_(INPUT|CACHED_INPUT|OUTPUT)_USD)$/;

/** A JSON object in cdk.json, or its text as `-c` gives it. Keys of providers are not among the names: those belong in secrets. */
const providerVariables = z.preprocess(
  (value) => (typeof value === 'string' ? JSON.parse(value) : value),
  z.record(z.string().regex(overridable), z.coerce.string().min(1)),
);

const logRetentionPeriods: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922,
  3_288, 3_653,
];

/** What a deployment may choose, in the `context` of cdk.json or with `-c name=value`. */
export const Settings = z.object({
  /** Tells several deployments in one account apart; part of the stack's name and the first part of the API's path. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,19}$/, 'lower-case letters and digits, a letter first, 20 at most')
    .default('prod'),
  /** Providers of the model in the order of preference; each gets a secret for its key. */
  providers: list.default(['empiriolabs']),
  /** Days until files, results and records of a task are deleted. */
  retentionDays: z.coerce.number().int().min(1).max(3_650).default(30),
  /** Budget in dollars of a task whose submitter names none. */
  budgetUsd: z.coerce.number().positive().max(1_000).default(2),
  /** Dollars that all tasks together, and those of one API key, may spend in a calendar month; no limit if absent. */
  monthBudgetUsd: z.coerce.number().positive().max(1_000_000).optional(),
  keyMonthBudgetUsd: z.coerce.number().positive().max(1_000_000).optional(),
  /** Whether an identical question of the same tenant is answered from the cache. */
  cache: z.enum(['on', 'off']).default('on'),
  /** Whether Runware announces answers, so that no function runs while it works on them. Brings an API and a secret of their own. */
  runwareWebhooks: z.enum(['on', 'off']).default('off'),
  /** Base URLs and limits of the providers where they differ from the published ones, by the names of a local run. */
  providerVariables: providerVariables.default({}),
  /** Requests per second that the API accepts from all callers together; twice as many for a moment. */
  requestsPerSecond: z.coerce.number().int().min(1).max(10_000).default(50),
  /** `source` of the events of the default bus that may ask for a task; none if empty. */
  eventSources: eventSources.default([]),
  /** Tasks that are submitted by the clock. */
  schedules: schedules.default([]),
  /** How callers are known: by API keys, by signatures of IAM, or by tokens of an OpenID provider. */
  auth: z.enum(apiAuths).default('key'),
  /** Seconds for which API Gateway keeps what it was told of a key or token, a revoked one included. */
  authCacheSeconds: z.coerce.number().int().min(0).max(3_600).default(60),
  /** With `auth: jwt`: who issues the tokens, as they name it; whom they are meant for; which claim names the tenant. */
  jwtIssuer: z.url({ protocol: /^https$/ }).optional(),
  jwtAudience: z.string().min(1).optional(),
  jwtTenantClaim: z.string().min(1).default('tenant'),
  /** Whose key encrypts what is stored: AWS's own, free of charge, or one of the account, which its owner can audit and switch off. */
  kmsKey: z.enum(['aws', 'customer']).default('aws'),
  /** A web ACL before the API: AWS's common rules and a limit for each address. */
  waf: z.enum(['off', 'on']).default('off'),
  /** ARN of a managed policy that bounds every role of the stack. */
  permissionsBoundary: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, 'the ARN of a managed policy')
    .optional(),
  /** Nothing of Quire is in a network of its own: a NAT gateway is billed by the hour, and every function calls public services. */
  vpc: z.literal('none').default('none'),
  /** Days until log lines are deleted; one of the periods that CloudWatch knows. */
  logRetentionDays: z.coerce
    .number()
    .refine(
      (days) => logRetentionPeriods.includes(days),
      `one of ${logRetentionPeriods.join(', ')}`,
    )
    .default(30),
  /** Whether the table refuses to be deleted. On, a deployment that fails at first has to be cleared by hand. */
  tableDeletionProtection: z.enum(['off', 'on']).default('off'),
  /** Folder of the user's own workflows, from the root of the project: a machine for each file. */
  workflowsFolder: z
    .string()
    .regex(/^[\w./-]+$/, 'a path of letters, digits, dots, hyphens, underscores and slashes')
    .default('workflows'),
  /** Files that are parsed at the same time at most; no limit of its own if absent. Taken from the account's concurrency. */
  readerConcurrency: z.coerce.number().int().min(1).max(1_000).optional(),
  /** Lets callers name URLs of the machine that the functions run on, for a stand-in of AWS; never in an account. */
  allowLoopbackUrls: z.stringbool().or(z.boolean()).default(false),
  /** Whether the functions write metrics of their own, which CloudWatch bills by the series. */
  metrics: z.enum(['on', 'off']).default('on'),
  dashboard: z.enum(['on', 'off']).default('on'),
  alarms: z.enum(['on', 'off']).default('on'),
  /** Gets a mail when an alarm goes off and when it is over; alarms only show if absent. */
  alarmEmail: z.email().optional(),
  /** Dollars that the model may cost within an hour before an alarm goes off; five times `budgetUsd` if absent. */
  alarmSpendPerHourUsd: z.coerce.number().positive().max(1_000_000).optional(),
});
export type Settings = z.infer<typeof Settings>;

/** What one setting asks of others. */
const CompleteSettings = Settings.superRefine((settings, refinement) => {
  const { auth, jwtIssuer, jwtAudience, allowLoopbackUrls, stage } = settings;
  const refuse = (name: string, message: string) =>
    refinement.addIssue({ code: 'custom', path: [name], message });
  for (const [name, value] of Object.entries({ jwtIssuer, jwtAudience })) {
    if (auth === 'jwt' && value === undefined) refuse(name, 'needed with auth=jwt');
  }
  if (allowLoopbackUrls && stage !== 'test') {
    refuse('allowLoopbackUrls', 'only with the stage `test`, which stands for a stand-in of AWS');
  }
});

/** Reads the settings from the CDK context of an app; a wrong or unknown one stops the synthesis with its name. */
export function readSettings(node: Node): Settings {
  return parseSettings(node.getAllContext());
}

/** Checks a context: settings have plain names, while those of the CDK itself hold a colon or a slash. */
export function parseSettings(context: Readonly<Record<string, unknown>>): Settings {
  const known = Object.keys(Settings.shape);
  const unknown = Object.keys(context).filter(
    (name) => /^[A-Za-z]\w*$/.test(name) && !known.includes(name),
  );
  if (unknown.length > 0) {
    throw new Error(
      `Expected settings that docs/deploy.md lists, got ${unknown.join(', ')}; known are ${known.join(', ')}.`,
    );
  }
  const parsed = CompleteSettings.safeParse(context);
  if (parsed.success) return parsed.data;
  throw new Error(
    `Expected the settings in the context of cdk.json, or with -c, as docs/deploy.md lists them.\n${z.prettifyError(parsed.error)}`,
  );
}
