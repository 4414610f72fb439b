import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import type { EditableFile } from '#shared/documents/edit/segments.ts';
import { sniffFormat } from '#shared/documents/sniff.ts';
import { parseXml, type XmlElement } from '#shared/documents/xml.ts';
import { openZip } from '#shared/documents/zip.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';

/** What became of a file that was opened for editing, written with its own text, and written with another. */
export interface RoundTrip {
  readonly name: string;
  readonly format: DocumentFormat;
  /** `ok`, or the code of the error with which the file was refused. */
  readonly outcome: string;
  readonly segmentCount: number;
  readonly differences: readonly Difference[];
  /** How LibreOffice shows the results, if it was asked. */
  readonly office?: OfficeComparison;
}

/** Something that is not as it should be: a text that does not come back, or a part that changes though nothing is said about it. */
export interface Difference {
  readonly of: 'texts' | 'parts';
  readonly words: string;
}

/** How LibreOffice lays out a file and the results of editing it; no page count where it does not open the file. */
export interface OfficeComparison {
  readonly pageCounts: Readonly<Record<keyof Versions, number | undefined>>;
  /** Pages of the original, from 1, whose text is another one when every text is written anew with its own characters. */
  readonly differingPages: readonly number[];
}

/** A file as it came; with every text written anew as it was; with every text accented. */
export type Versions = Readonly<Record<'original' | 'same' | 'translated', Uint8Array>>;

/** A refused file has no versions. */
export interface FinishedTrip {
  readonly trip: RoundTrip;
  readonly versions?: Versions;
}

/** Takes every Word, PowerPoint and Excel file under a folder there and back, one after the other as they are asked for. */
export async function* roundTrips(folder: string): AsyncGenerator<FinishedTrip> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names) {
    const format = formats.find((each) => name.endsWith(`.${each}`));
    if (format === undefined) continue;
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    yield await tripOf({ name, format, bytes });
  }
}

const formats = ['docx', 'pptx', 'xlsx'] as const;

interface Original {
  readonly name: string;
  readonly format: DocumentFormat;
  readonly bytes: Uint8Array;
}

async function tripOf(original: Original): Promise<FinishedTrip> {
  const { name, format, bytes } = original;
  try {
    sniffFormat(original, formats);
    const file = await openForEdit({ bytes }, format, { isForced: true });
    const same = file.write(textsOf(file, (text) => text));
    const translated = file.write(textsOf(file, pseudoTranslate));
    const differences = [
      ...(await identityDifferences(original)),
      ...(await forcedDifferences(original, file, same)),
      ...(await translationDifferences(original, file, translated)),
    ];
    const segmentCount = file.segments.length;
    return {
      trip: { name, format, outcome: 'ok', segmentCount, differences },
      versions: { original: bytes, same, translated },
    };
  } catch (error) {
    if (!isQuireError(error)) throw error;
    return { trip: { name, format, outcome: error.code, segmentCount: 0, differences: [] } };
  }
}

function textsOf(file: EditableFile, change: (text: string) => string): Map<string, string> {
  return new Map(file.segments.map(({ id, text }) => [id, change(text)]));
}

/** Longer by an accent on each vowel, as a translation might be, with every tag in its place. */
function pseudoTranslate(text: string): string {
  return text
    .split(/(<\/?[gx]\d+\/?>|&(?:amp|lt|gt);)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[aeiou]/g, accented)))
    .join('');
}

function accented(vowel: string): string {
  return 'áéíóú'['aeiou'.indexOf(vowel)] ?? vowel;
}

async function identityDifferences({ bytes, format }: Original): Promise<Difference[]> {
  const file = await openForEdit({ bytes }, format);
  const written = file.write(textsOf(file, (text) => text));
  return Buffer.compare(written, bytes) === 0 ? [] : [ofParts('unchanged texts change the file')];
}

/** Every text node written anew with its own characters: each part has the same elements, attributes and texts. */
async function forcedDifferences(
  { bytes, format }: Original,
  file: EditableFile,
  written: Uint8Array,
): Promise<Difference[]> {
  const before = openZip(bytes);
  const after = openZip(written);
  const isComplete = after.names.join() === before.names.join();
  const differences = isComplete ? [] : [ofParts('other parts')];
  for (const name of before.names) {
    const [old, anew] = [before.read(name), after.read(name)];
    if (old === undefined || anew === undefined || Buffer.compare(old, anew) === 0) continue;
    if (JSON.stringify(parseXml(old)) !== JSON.stringify(parseXml(anew)))
      differences.push(ofParts(`${name} has other elements`));
  }
  const reopened = await openForEdit({ bytes: written }, format);
  const isSame = JSON.stringify(reopened.segments) === JSON.stringify(file.segments);
  return isSame ? differences : [...differences, ofTexts('other segments')];
}

/** The texts that were given are found again; parts without any are byte for byte what they were, the others but for their texts. */
async function translationDifferences(
  { bytes, format }: Original,
  file: EditableFile,
  written: Uint8Array,
): Promise<Difference[]> {
  const reopened = await openForEdit({ bytes: written }, format);
  const found = new Map(reopened.segments.map(({ id, text }) => [id, withoutTags(text)]));
  const differences = file.segments
    .filter(({ id, text }) => found.get(id) !== withoutTags(pseudoTranslate(text)))
    .map(({ id }) => ofTexts(`${id} does not have its new text`));
  const edited = new Set(file.segments.map(({ id }) => id.slice(0, id.lastIndexOf('#'))));
  const before = openZip(bytes);
  const after = openZip(written);
  for (const name of before.names) {
    const [old, anew] = [before.read(name), after.read(name)];
    if (old !== undefined && anew !== undefined && Buffer.compare(old, anew) === 0) continue;
    if (!areAlike(old, anew)) differences.push(ofParts(`${name} changes beside its texts`));
    if (!edited.has(name) && !/table|diagrams|chart/i.test(name) && !mayReferToSheet(file, old)) {
      differences.push(ofParts(`${name} changes without a reason`));
    }
  }
  return differences;
}

/** Where names of sheets change, so does whatever refers to them. */
function mayReferToSheet({ segments }: EditableFile, old: Uint8Array | undefined): boolean {
  const isRenamed = segments.some(({ kind }) => kind === 'sheet-name');
  return isRenamed && /!|<worksheetSource/.test(new TextDecoder().decode(old));
}

function areAlike(old: Uint8Array | undefined, anew: Uint8Array | undefined): boolean {
  if (old === undefined || anew === undefined) return false;
  return JSON.stringify(shapeOf(parseXml(old))) === JSON.stringify(shapeOf(parseXml(anew)));
}

/**
 * Everything but the texts: not the runs that hold nothing else, for runs of the same looks become one, and not the attributes that are
 * texts, which are descriptions of pictures, names of the columns of a table and of its totals, and names of sheets with what refers to them.
 */
function shapeOf({ name, attributes, children }: XmlElement): unknown {
  const textKeys = ['xml:space', ...(textAttributes[localName(name)] ?? [])];
  const own = Object.entries(attributes).filter(([key]) => !textKeys.includes(key));
  const inner = children.filter((child) => !isText(child) && !isTextRun(child));
  return [name, own, inner.map(shapeOf)];
}

const textAttributes: Readonly<Record<string, readonly string[]>> = {
  docPr: ['descr', 'title'],
  cNvPr: ['descr', 'title'],
  tableColumn: ['name', 'totalsRowLabel'],
  sheet: ['name'],
  hyperlink: ['location'],
  sp: ['textlink'],
  formControlPr: ['fmlaLink', 'fmlaRange', 'fmlaGroup', 'fmlaTxbx'],
  worksheetSource: ['sheet'],
  Relationship: ['Target'],
};

function isText({ name }: XmlElement): boolean {
  return ['t', 'softHyphen', 'noBreakHyphen'].includes(localName(name));
}

function isTextRun({ name, children }: XmlElement): boolean {
  const isRun = localName(name) === 'r';
  return isRun && children.every((child) => localName(child.name) === 'rPr' || isText(child));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function ofTexts(words: string): Difference {
  return { of: 'texts', words };
}

function ofParts(words: string): Difference {
  return { of: 'parts', words };
}
