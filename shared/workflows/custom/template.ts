/** `{{path}}` in a text, with where it stands. */
export interface Placeholder {
  readonly kind: 'value';
  readonly path: readonly string[];
  /** `cite`: only the mark of the citation, behind what stands before. */
  readonly isMark: boolean;
  readonly line: number;
}

/** `{{#each path}} … {{/each}}` and `{{#if path}} … {{/if}}`. */
export interface Section {
  readonly kind: 'each' | 'if';
  readonly path: readonly string[];
  readonly content: readonly TemplatePiece[];
  readonly line: number;
}

export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | Placeholder
  | Section;

/** What is wrong with a template, by its line from 0. */
export interface TemplateFault {
  readonly line: number;
  readonly sentence: string;
}

export interface ParsedTemplate {
  readonly pieces: readonly TemplatePiece[];
  readonly faults: readonly TemplateFault[];
}

const tagPattern = /\{\{([^{}]*)\}\}/g;
const pathPattern = /^[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*$/;

interface Open {
  readonly kind: Section['kind'];
  readonly path: readonly string[];
  readonly line: number;
  readonly content: TemplatePiece[];
}

/** Reads a template. Faults do not stop it: all of a text are told at once. */
export function parseTemplate(text: string): ParsedTemplate {
  const nesting = createNesting();
  let at = 0;
  for (const match of text.matchAll(tagPattern)) {
    const alone = lineOfItsOwn(text, match);
    const from = alone?.from ?? match.index;
    if (from > at) nesting.add({ kind: 'text', text: text.slice(at, from) });
    at = alone?.to ?? match.index + match[0].length;
    const line = text.slice(0, match.index).split('\n').length - 1;
    nesting.addTag(readTag((match[1] ?? '').trim(), line), line);
  }
  if (at < text.length) nesting.add({ kind: 'text', text: text.slice(at) });
  return nesting.finish();
}

function createNesting() {
  const pieces: TemplatePiece[] = [];
  const open: Open[] = [];
  const faults: TemplateFault[] = [];
  const add = (piece: TemplatePiece) => {
    (open.at(-1)?.content ?? pieces).push(piece);
  };
  const close = (kind: Section['kind'], line: number) => {
    const closed = open.pop();
    if (closed?.kind === kind) add(closed);
    else faults.push({ line, sentence: `expected {{/${kind}}} behind its {{#${kind} …}}` });
  };
  return {
    add,
    addTag(tag: Tag, line: number) {
      if (tag.kind === 'fault') faults.push({ line, sentence: tag.sentence });
      else if (tag.kind === 'open') open.push({ ...tag.section, line, content: [] });
      else if (tag.kind === 'close') close(tag.closes, line);
      else add(tag);
    },
    finish(): ParsedTemplate {
      const unclosed = open.map(({ kind, line }) => ({
        line,
        sentence: `expected {{/${kind}}} for this {{#${kind} …}}, got the end of the text`,
      }));
      return { pieces, faults: [...faults, ...unclosed] };
    },
  };
}

/** The whole line of a section's tag that stands alone on it: nothing of the line is shown. */
function lineOfItsOwn(
  text: string,
  { 0: tag, 1: inner = '', index }: RegExpExecArray,
): { from: number; to: number } | undefined {
  if (!/^\s*[#/]/.test(inner)) return undefined;
  const from = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index + tag.length);
  const to = end === -1 ? text.length : end + 1;
  const isAlone = `${text.slice(from, index)}${text.slice(index + tag.length, to)}`.trim() === '';
  return isAlone ? { from, to } : undefined;
}

/** Placeholders and sections of a template in their order, sections before what is in them. */
export function piecesIn(
  pieces: readonly TemplatePiece[],
  visit: (piece: Placeholder | Section, around: readonly Section[]) => void,
  around: readonly Section[] = [],
): void {
  for (const piece of pieces) {
    if (piece.kind === 'text') continue;
    visit(piece, around);
    if (piece.kind !== 'value') piecesIn(piece.content, visit, [...around, piece]);
  }
}

/** A text with nothing but values put in. */
export function fillTemplate(text: string, textAt: (path: readonly string[]) => string): string {
  return text.replace(tagPattern, (tag, inner: string) => {
    const path = inner.trim();
    return pathPattern.test(path) ? textAt(path.split('.')) : tag;
  });
}

type Tag =
  | Placeholder
  | { readonly kind: 'open'; readonly section: Pick<Section, 'kind' | 'path'> }
  | { readonly kind: 'close'; readonly closes: Section['kind'] }
  | { readonly kind: 'fault'; readonly sentence: string };

function readTag(inner: string, line: number): Tag {
  const [, word, rest = ''] = /^(#each|#if|\/each|\/if|cite)(?:\s+(.*))?$/.exec(inner) ?? [];
  if (word === '/each') return { kind: 'close', closes: 'each' };
  if (word === '/if') return { kind: 'close', closes: 'if' };
  const written = word === undefined ? inner : rest.trim();
  if (!pathPattern.test(written)) {
    return {
      kind: 'fault',
      sentence: `expected a placeholder such as {{stage.field}}, {{#each stage.list}} or {{#if field}}, got {{${inner.slice(0, 60)}}}`,
    };
  }
  const path = written.split('.');
  if (word === '#each') return { kind: 'open', section: { kind: 'each', path } };
  if (word === '#if') return { kind: 'open', section: { kind: 'if', path } };
  return { kind: 'value', path, isMark: word === 'cite', line };
}
