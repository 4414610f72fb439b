import type { PromptLine } from '#shared/workflows/prompt.ts';

/** A difference as the questions of `compare-contracts` show it. */
export interface ShownChange {
  readonly id: string;
  /** What stands behind the id in the first line: the kind of difference, or the risk. */
  readonly remark: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly rules: readonly string[];
}

/** Puts the lines of a section together again, by id. */
export function readChanges(lines: readonly PromptLine[]): ShownChange[] {
  const found = new Map<string, Record<string, string>>();
  for (const { tag, text } of lines) {
    const [id = '', name = '', ...rest] = tag.split(' ');
    const fields = found.get(id) ?? {};
    found.set(id, fields);
    const isField = ['before', 'after', 'difference', 'rules'].includes(name);
    if (isField) fields[name] = text;
    else Object.assign(fields, { title: text, remark: [name, ...rest].join(' ') });
  }
  return [...found].map(([id, fields]) => ({
    id,
    remark: (fields['remark'] ?? '').replace(/^clause /u, ''),
    title: fields['title'] ?? '',
    before: fields['before'] ?? '',
    after: fields['after'] ?? '',
    difference: fields['difference'] ?? '',
    rules: (fields['rules'] ?? '').split(', ').filter((rule) => rule !== ''),
  }));
}
