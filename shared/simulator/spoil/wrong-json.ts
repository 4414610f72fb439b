/** Half of the items of every list are missing. Of an answer that is no JSON, half of the text. */
export function dropItems(content: string): string {
  const value = parseJson(content);
  if (value === undefined) return content.slice(0, Math.floor(content.length / 2));
  return JSON.stringify(
    mapJson(value, (child) =>
      isItemList(child) ? child.slice(0, Math.floor(child.length / 2)) : child,
    ),
  );
}

/** Every list of items has one more, under an id that nobody gave. */
export function addUnknownIds(content: string): string {
  const value = parseJson(content);
  if (value === undefined) return `${content} [x9.u999] And one thing that nobody asked about.`;
  return JSON.stringify(
    mapJson(value, (child) => {
      const last = isItemList(child) ? child.at(-1) : undefined;
      return isItemList(child) && last !== undefined ? [...child, withUnknownIds(last)] : child;
    }),
  );
}

/** The first figure of what the answer says, but not of what it quotes, is another one. */
export function wrongNumber(content: string): string {
  const value = parseJson(content);
  if (value === undefined) return changeNumber(content) ?? `${content} That makes 987,654.`;
  let isChanged = false;
  const changed = mapJson(value, (child, name) => {
    if (isChanged || typeof child !== 'string' || !saidNames.has(name)) return child;
    const other = changeNumber(child);
    isChanged = other !== undefined;
    return other ?? child;
  });
  return JSON.stringify(changed);
}

const saidNames = new Set([
  'text',
  'sectionSummary',
  'summary',
  'answer',
  'value',
  'content',
  'v',
  'why',
]);
const idNames = new Set(['id', 'unit', 'unitId', 'from', 'notes', 'u']);

function withUnknownIds(item: object): object {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      if (!idNames.has(name)) return [name, value];
      return [name, Array.isArray(value) ? ['x9.u999'] : 'x9.u999'];
    }),
  );
}

function changeNumber(text: string): string | undefined {
  const changed = text.replace(/\d+/, (digits) => String(Number(digits) + 7));
  return changed === text ? undefined : changed;
}

function isItemList(value: unknown): value is object[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}

/** The value with every part of it replaced, the parts of a list or an object after the whole. */
function mapJson(
  value: unknown,
  change: (value: unknown, name: string) => unknown,
  name = '',
): unknown {
  const changed = change(value, name);
  if (Array.isArray(changed)) return changed.map((item) => mapJson(item, change, name));
  if (typeof changed !== 'object' || changed === null) return changed;
  return Object.fromEntries(
    Object.entries(changed).map(([key, child]) => [key, mapJson(child, change, key)]),
  );
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
