import { cleanText } from '../clean-text.ts';

/** Marks that can mean something anywhere in a line: emphasis, code, links, HTML, tables, mathematics, addresses. */
const marks = /[\\`*_[\]<>|~^$#@]/g;

/** The start of an entity, of the address of a page, and of one without its scheme. */
const starts = [
  [/&(?=#?\w+;)/g, '\\&'],
  [/:(?=\/\/)/g, '\\:'],
  [/\b(www)\.(?=\S)/gi, '$1\\.'],
] as const;

/** Text that stands within a line, on one line and with nothing in it that Markdown reads as markup. */
export function escapeMarkdown(text: string): string {
  const oneLine = cleanText(text).replace(/\s+/g, ' ').replace(marks, '\\$&');
  return starts.reduce((escaped, [pattern, by]) => escaped.replace(pattern, by), oneLine);
}

/** Text that begins a block: what would make a list, a rule or an underlined heading there is escaped as well. */
export function escapeMarkdownStart(text: string): string {
  return escapeStart(escapeMarkdown(text));
}

/** The same, for what has been escaped already. */
export function escapeStart(escaped: string): string {
  return escaped
    .trimStart()
    .replace(/^(?:[-+=:](?=\s|$)|[-=](?=[-=\s]*$))/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
