/** Whether EventBridge would match an event: fields are all of the pattern's, values one of its list, here texts and prefixes. */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((matcher) => matchesValue(matcher, event));
  if (!isRecord(pattern) || !isRecord(event)) return false;
  return Object.entries(pattern).every(([name, inner]) => matches(inner, event[name]));
}

function matchesValue(matcher: unknown, value: unknown): boolean {
  if (!isRecord(matcher)) return JSON.stringify(matcher) === JSON.stringify(value);
  const [[kind, operand] = ['nothing', undefined]] = Object.entries(matcher);
  if (kind === 'Ref') return JSON.stringify(matcher) === JSON.stringify(value);
  if (kind === 'prefix') return typeof value === 'string' && value.startsWith(String(operand));
  throw new Error(`Expected a matcher that this test knows, got ${kind}.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
