import type { OpcPackage } from '../../opc.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { parseA1 } from '../sheet/a1.ts';
import type { SheetText } from '../sheet/add-sheet.ts';
import { unescapeString } from './strings.ts';
import { childrenNamed, parsePart } from './workbook.ts';

/** Names of the people who write threaded comments, by their id. */
export type Persons = ReadonlyMap<string, string>;

export function readPersons(file: OpcPackage, mainPart: string): Persons {
  const parts = file.relationshipsOf(mainPart).filter(({ type }) => type === 'person');
  const persons = parts.flatMap(({ target }) => parsePart(file, target)?.children ?? []);
  return new Map(
    persons.map(({ attributes }) => [attributes['id'] ?? '', attributes['displayName'] ?? '']),
  );
}

/** Notes of a sheet, and threads with their answers. For older programs every thread is in the notes as well; those are left out. */
export function readComments(file: OpcPackage, sheetPart: string, persons: Persons): SheetText[] {
  const relationships = file.relationshipsOf(sheetPart);
  const rootsOf = (wanted: string) =>
    relationships
      .filter(({ type }) => type === wanted)
      .flatMap(({ target }) => parsePart(file, target) ?? []);
  const threads = rootsOf('threadedComment').flatMap((root) => readThread(root, persons));
  const threaded = new Set(threads.map(({ range }) => `${range.top} ${range.left}`));
  const notes = rootsOf('comments')
    .flatMap(readNotes)
    .filter(({ author, range }) => {
      const isCopy = author?.startsWith('tc=') === true;
      return !(isCopy && threaded.has(`${range.top} ${range.left}`));
    });
  return [...notes, ...threads];
}

function readThread(root: XmlElement, persons: Persons): SheetText[] {
  return childrenNamed(root, 'x18:threadedComment').flatMap((comment) => {
    const { ref = '', personId = '' } = comment.attributes;
    const text = childOf(comment, 'x18:text')?.text ?? '';
    return commentOf(ref, text, persons.get(personId));
  });
}

function readNotes(root: XmlElement): SheetText[] {
  const authors = childrenNamed(childOf(root, 'x:authors'), 'x:author').map(({ text }) => text);
  return childrenNamed(childOf(root, 'x:commentList'), 'x:comment').flatMap((comment) => {
    const { ref = '', authorId = '' } = comment.attributes;
    return commentOf(ref, stringTextOf(childOf(comment, 'x:text')), authors[Number(authorId)]);
  });
}

function commentOf(reference: string, text: string, author = ''): SheetText[] {
  const range = parseA1(reference) ?? { top: 1, left: 0, bottom: 1, right: 0 };
  return [{ kind: 'comment', text, range, ...(author === '' ? {} : { author }) }];
}

/** Of a `CT_Rst`: its own text or that of its runs. */
function stringTextOf(element: XmlElement | undefined): string {
  const texts = (element?.children ?? []).map((child) =>
    child.name === 'x:r' ? childOf(child, 'x:t')?.text : child.name === 'x:t' ? child.text : '',
  );
  return unescapeString(texts.join(''));
}
