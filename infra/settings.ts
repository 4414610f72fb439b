import type { Node } from 'constructs';
import * as z from 'zod';
import { ProviderName } from '#shared/domain/providers.ts';

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
});
export type Settings = z.infer<typeof Settings>;

/** Reads the settings from the CDK context of an app; a wrong one stops the synthesis with its name. */
export function readSettings(node: Node): Settings {
  const context = Object.fromEntries(
    Object.keys(Settings.shape).map((name) => [name, node.tryGetContext(name)]),
  );
  const parsed = Settings.safeParse(context);
  if (parsed.success) return parsed.data;
  throw new Error(
    `Expected the settings in the context of cdk.json, or with -c, as docs/deploy.md lists them.\n${z.prettifyError(parsed.error)}`,
  );
}
