import { readFileSync } from 'node:fs';

/** The context that `cdk` would see: that of cdk.json, and over it what `-c name=value` gives. */
export function cdkContext(overrides: readonly string[] = []): Readonly<Record<string, unknown>> {
  const file = readFileSync(new URL('../cdk.json', import.meta.url), 'utf8');
  const { context } = JSON.parse(file) as { context: Record<string, unknown> };
  const given = overrides.map((each): [string, string] => {
    const at = each.indexOf('=');
    return at < 0 ? [each, ''] : [each.slice(0, at), each.slice(at + 1)];
  });
  return { ...context, ...Object.fromEntries(given) };
}
