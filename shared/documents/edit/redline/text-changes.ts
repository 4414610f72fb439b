import { QuireError } from '#shared/domain/errors.ts';
import type { TextOperation } from '#shared/domain/redline.ts';
import { type Atom, textOfAtoms } from './atoms.ts';

/** Characters [from, to). */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What goes, and what comes behind it. */
export interface TextChange extends Stretch {
  readonly inserted: string;
}

/** Changes between kept characters. Operations that do not give the text of the base are refused. */
export function changesOf(
  atoms: readonly Atom[],
  operations: readonly TextOperation[],
): TextChange[] {
  const text = textOfAtoms(atoms);
  const isDeleted = new Uint8Array(text.length);
  const inserted = new Map<number, string>();
  let at = 0;
  for (const operation of operations) {
    if (operation.kind === 'insert') {
      const cleaned = cleanInsertion(operation.text);
      inserted.set(at, (inserted.get(at) ?? '') + cleaned);
      continue;
    }
    if (!text.startsWith(operation.text, at)) throw unfitting();
    if (operation.kind === 'delete') isDeleted.fill(1, at, at + operation.text.length);
    at += operation.text.length;
  }
  if (at !== text.length) throw unfitting();
  for (const atom of atoms) takeWhole(atom, isDeleted, inserted);
  return gather(isDeleted, inserted);
}

/** A symbol or a ruby is no text that can be cut: what is kept of it is written anew. */
function takeWhole(atom: Atom, isDeleted: Uint8Array, inserted: Map<number, string>): void {
  const { offset, text } = atom;
  const end = offset + text.length;
  if (text.length < 2 || atom.element.name === 'w:t') return;
  const inside = Array.from({ length: text.length - 1 }, (_, index) => offset + 1 + index);
  const isCut = isDeleted.subarray(offset, end).includes(1);
  if (!isCut && !inside.some((at) => inserted.has(at))) return;
  const keptAt = (at: number) => (isDeleted[at] === 0 ? (text[at - offset] ?? '') : '');
  let rest = keptAt(offset);
  for (const at of inside) {
    rest += (inserted.get(at) ?? '') + keptAt(at);
    inserted.delete(at);
  }
  isDeleted.fill(1, offset, end);
  inserted.set(end, rest + (inserted.get(end) ?? ''));
}

function gather(isDeleted: Uint8Array, inserted: ReadonlyMap<number, string>): TextChange[] {
  const changes: TextChange[] = [];
  let from = 0;
  let text = '';
  for (let at = 0; at <= isDeleted.length; at += 1) {
    text += inserted.get(at) ?? '';
    if (isDeleted[at] === 1) continue;
    if (from < at || text !== '') changes.push({ from, to: at, inserted: text });
    from = at + 1;
    text = '';
  }
  return changes;
}

/** What XML cannot hold is left out; line ends of all kinds are breaks. */
export function cleanInsertion(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(forbidden, '')
    .toWellFormed();
}

function unfitting(): QuireError {
  return new QuireError(
    'internal_error',
    'Expected operations that keep and delete exactly the text of the paragraph in the base; they do not. Make them from its text.',
  );
}
