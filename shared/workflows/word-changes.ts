import { diffArrays } from 'diff';
import type { TextOperation } from '#shared/domain/redline.ts';

/**
 * What is kept, deleted and inserted between two texts, word by word: words by Unicode, numbers with their separators as a whole,
 * Chinese and Japanese by character, white space and punctuation by themselves. White space between two changes is part of them, so that
 * a phrase that was written anew reads as one. Texts with next to nothing in common are deleted and inserted as a whole.
 */
export function wordChanges(baseText: string, revisedText: string): readonly TextOperation[] {
  const base = wordsOf(baseText);
  const revised = wordsOf(revisedText);
  const start = commonLength(base, revised);
  const [restOfBase, restOfRevised] = [base.slice(start), revised.slice(start)];
  const end = commonLength(restOfBase.toReversed(), restOfRevised.toReversed());
  const middle = diffWords(
    restOfBase.slice(0, restOfBase.length - end),
    restOfRevised.slice(0, restOfRevised.length - end),
  );
  const operations: TextOperation[] = [
    { kind: 'keep', text: base.slice(0, start).join('') },
    ...middle,
    { kind: 'keep', text: base.slice(base.length - end).join('') },
  ];
  return joinPhrases(operations);
}

/** The words of a text; put together, they are the text. */
export function wordsOf(text: string): string[] {
  return (text.match(word) ?? []).map(String);
}

const scripts = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const follows = '[\\p{M}\\u200d\\ufe0f]';
const word = new RegExp(
  [
    `\\p{N}+(?:[.,:/'’\\u00a0\\u202f]\\p{N}+)*`,
    `[${scripts}]${follows}*`,
    `(?:(?![${scripts}])\\p{L}${follows}*)+(?:['’](?:(?![${scripts}])\\p{L}${follows}*)+)*`,
    `[^]${follows}*`,
  ].join('|'),
  'gu',
);

function commonLength(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left[length] === right[length]) length += 1;
  return length;
}

/** The effort grows with the square of the number of differences. */
const maxDifferences = 3_000;

function diffWords(base: readonly string[], revised: readonly string[]): TextOperation[] {
  const changes = diffArrays([...base], [...revised], { maxEditLength: maxDifferences });
  if (changes === undefined) {
    return [
      { kind: 'delete', text: base.join('') },
      { kind: 'insert', text: revised.join('') },
    ];
  }
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'insert' : removed ? 'delete' : 'keep',
    text: value.join(''),
  }));
}

/** Between kept texts there is one deletion at most, and one insertion behind it. */
function joinPhrases(operations: readonly TextOperation[]): TextOperation[] {
  const joined: TextOperation[] = [];
  let deleted = '';
  let inserted = '';
  const flush = () => {
    if (deleted !== '') joined.push({ kind: 'delete', text: deleted });
    if (inserted !== '') joined.push({ kind: 'insert', text: inserted });
    deleted = '';
    inserted = '';
  };
  for (const [index, { kind, text }] of operations.entries()) {
    const isWithin = deleted !== '' && inserted !== '' && isChange(operations[index + 1]);
    if (kind === 'delete') deleted += text;
    else if (kind === 'insert') inserted += text;
    else if (/^ +$/.test(text) && isWithin) {
      deleted += text;
      inserted += text;
    } else if (text !== '') {
      flush();
      joined.push({ kind, text });
    }
  }
  flush();
  return joined;
}

function isChange(operation: TextOperation | undefined): boolean {
  return operation !== undefined && operation.kind !== 'keep' && operation.text !== '';
}
