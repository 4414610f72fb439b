import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { defaultRules } from './default-rules.ts';

/** A subject that matters to the reader of a comparison. */
export const MaterialityRule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, {
      error: 'lower-case letters, digits and hyphens are expected',
    })
    .describe('Short name, for example payment'),
  title: z.string().trim().min(1).max(120),
  words: z
    .array(z.string().trim().min(2).max(80))
    .min(1)
    .max(100)
    .describe(
      'Words and phrases of clauses that it is about; * stands for any ending or beginning, as in pay*',
    ),
  weight: z
    .enum(['low', 'medium', 'high'])
    .describe(
      'high: where a figure, a duty or all of such a clause changes, the change is material; medium: so too where the words stand in the text itself, at a lower risk; low: the model decides',
    ),
  why: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe('Why it matters, told to the model and the reader'),
});
export type MaterialityRule = z.infer<typeof MaterialityRule>;

const RuleList = z
  .array(MaterialityRule)
  .min(1)
  .max(60)
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    error: 'each rule needs an id of its own',
  });

/** Parameter for rules: a list, or YAML text with such a list (by itself or under `rules`). */
export const MaterialityParam = z
  .union([
    z
      .string()
      .min(1)
      .max(60_000)
      .superRefine((text, context) => {
        const read = readRules(text);
        if ('fault' in read) context.addIssue({ code: 'custom', message: read.fault });
      }),
    RuleList,
  ])
  .default(defaultRules)
  .describe(
    'What matters: a list of rules {id, title, words, weight, why}, or the same as YAML text. Without it, rules for payment, liability, term and the like',
  );

/** The rules of a parameter that {@link MaterialityParam} has let through. */
export function rulesOf(materiality: z.infer<typeof MaterialityParam>): readonly MaterialityRule[] {
  if (typeof materiality !== 'string') return materiality;
  const read = readRules(materiality);
  return 'rules' in read ? read.rules : [];
}

type ReadRules = { readonly rules: readonly MaterialityRule[] } | { readonly fault: string };

function readRules(text: string): ReadRules {
  const lines = new LineCounter();
  // An alias could make a small text huge; no rule needs one.
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    return {
      fault: `line ${lines.linePos(error.pos[0]).line}: the text is not YAML (${error.code})`,
    };
  }
  const value = plainValueOf(document);
  if (value === undefined) return { fault: 'the text has aliases; write each rule out' };
  const parsed = RuleList.safeParse(value);
  if (parsed.success) return { rules: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const where = path.length === 0 ? 'the list of rules' : `rule ${Number(path[0]) + 1}`;
  const field = path.length > 1 ? `, ${String(path[1])}` : '';
  return { fault: `${where}${field}: ${issue?.message ?? 'a list of rules is expected'}` };
}

function plainValueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    const isMapping = typeof value === 'object' && value !== null && 'rules' in value;
    return (isMapping ? value.rules : value) ?? null;
  } catch {
    return undefined;
  }
}
