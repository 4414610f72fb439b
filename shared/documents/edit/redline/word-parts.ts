import { QuireError } from '#shared/domain/errors.ts';
import type { ParagraphAddress } from '#shared/domain/redline.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../../opc.ts';

/** A part of a Word document in which paragraphs stand. */
export interface WordPart {
  readonly name: string;
  readonly kind: ParagraphAddress['part'] | 'comment' | 'definitions';
  /** Of a header or footer: which of several, in the order of the relationships, from 1. */
  readonly story?: number;
}

/** A Word document with its parts, which are found by relationships, never by name. */
export interface WordPackage {
  readonly file: OpcPackage;
  readonly main: string;
  readonly parts: readonly WordPart[];
}

export function openWordPackage(bytes: Uint8Array): WordPackage {
  const file = openPackage(bytes);
  const main = file === undefined ? undefined : mainPartOf(file);
  if (file === undefined || main === undefined || file.read(main) === undefined) {
    throw missingMainPart();
  }
  return { file, main, parts: [{ name: main, kind: 'body' }, ...relatedParts(file, main)] };
}

const kinds: Readonly<Record<string, WordPart['kind']>> = {
  header: 'header',
  footer: 'footer',
  footnotes: 'footnote',
  endnotes: 'endnote',
  comments: 'comment',
  styles: 'definitions',
  numbering: 'definitions',
};

function relatedParts(file: OpcPackage, main: string): WordPart[] {
  const seen = new Set([main.toLowerCase()]);
  const stories = new Map<string, number>();
  const parts: WordPart[] = [];
  for (const { type, target } of file.relationshipsOf(main)) {
    const kind = kinds[type];
    if (kind === undefined || seen.has(target.toLowerCase())) continue;
    if (file.read(target) === undefined) continue;
    seen.add(target.toLowerCase());
    if (kind !== 'header' && kind !== 'footer') {
      parts.push({ name: target, kind });
      continue;
    }
    const story = (stories.get(kind) ?? 0) + 1;
    stories.set(kind, story);
    parts.push({ name: target, kind, story });
  }
  return parts;
}

function missingMainPart(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a Word document with a main part; it is missing. Save it again with an Office program and send the new file.',
  );
}
