import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import type { EditableFile } from '#shared/documents/edit/segments.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import { parseXml } from '#shared/documents/xml.ts';
import { openZip } from '#shared/documents/zip.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { compareInOffice, type OfficeComparison } from './office-comparison.ts';

/** What became of a file that was opened for editing, written with its own text, and written with another. */
export interface RoundTrip {
  readonly name: string;
  readonly format: DocumentFormat;
  /** `ok`, or the code of the error with which the file was refused. */
  readonly outcome: string;
  readonly segmentCount: number;
  /** What is not as it should be, in words. */
  readonly differences: readonly string[];
  /** How LibreOffice shows the results, if it was asked. */
  readonly office?: OfficeComparison;
}

/**
 * Takes every Word, PowerPoint and Excel file under a folder there and back. With `soffice`, the path of LibreOffice, each result is also
 * laid out as pages and compared with the original.
 */
export async function roundTrip(
  folder: string,
  options: { readonly soffice?: string; readonly onFile?: (result: RoundTrip) => void } = {},
): Promise<readonly RoundTrip[]> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const results: RoundTrip[] = [];
  for (const name of names) {
    const format = formats.find((each) => name.endsWith(`.${each}`));
    if (format === undefined) continue;
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const result = await tripOf({ name, format, bytes }, options.soffice);
    results.push(result);
    options.onFile?.(result);
  }
  return results;
}

const formats = ['docx', 'pptx', 'xlsx'] as const;

interface Original {
  readonly name: string;
  readonly format: DocumentFormat;
  readonly bytes: Uint8Array;
}

async function tripOf(original: Original, soffice: string | undefined): Promise<RoundTrip> {
  const { name, format, bytes } = original;
  try {
    const file = await openForEdit({ bytes }, format, { isForced: true });
    const same = file.write(textsOf(file, (text) => text));
    const translated = file.write(textsOf(file, pseudoTranslate));
    const differences = [
      ...(await identityDifferences(original)),
      ...(await forcedDifferences(original, file, same)),
      ...(await translationDifferences(original, file, translated)),
    ];
    const office =
      soffice === undefined
        ? {}
        : { office: await compareInOffice(soffice, format, { original: bytes, same, translated }) };
    return {
      name,
      format,
      outcome: 'ok',
      segmentCount: file.segments.length,
      differences,
      ...office,
    };
  } catch (error) {
    if (!isQuireError(error)) throw error;
    return { name, format, outcome: error.code, segmentCount: 0, differences: [] };
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

async function identityDifferences({ bytes, format }: Original): Promise<string[]> {
  const file = await openForEdit({ bytes }, format);
  const written = file.write(textsOf(file, (text) => text));
  return Buffer.compare(written, bytes) === 0 ? [] : ['unchanged texts change the file'];
}

/** Every text node written anew with its own characters: each part has the same elements, attributes and texts. */
async function forcedDifferences(
  { bytes, format }: Original,
  file: EditableFile,
  written: Uint8Array,
): Promise<string[]> {
  const before = openZip(bytes);
  const after = openZip(written);
  const differences = after.names.join() === before.names.join() ? [] : ['other parts'];
  for (const name of before.names) {
    const [old, anew] = [before.read(name), after.read(name)];
    if (old === undefined || anew === undefined || Buffer.compare(old, anew) === 0) continue;
    if (JSON.stringify(parseXml(old)) !== JSON.stringify(parseXml(anew))) differences.push(name);
  }
  const reopened = await openForEdit({ bytes: written }, format);
  const isSame = JSON.stringify(reopened.segments) === JSON.stringify(file.segments);
  return isSame ? differences : [...differences, 'other segments'];
}

/** The texts that were given are found again, and parts without any are byte for byte what they were. */
async function translationDifferences(
  { bytes, format }: Original,
  file: EditableFile,
  written: Uint8Array,
): Promise<string[]> {
  const reopened = await openForEdit({ bytes: written }, format);
  const found = new Map(reopened.segments.map(({ id, text }) => [id, withoutTags(text)]));
  const differences = file.segments
    .filter(({ id, text }) => found.get(id) !== withoutTags(pseudoTranslate(text)))
    .map(({ id }) => `${id} does not have its new text`);
  const edited = new Set(file.segments.map(({ id }) => id.slice(0, id.lastIndexOf('#'))));
  const before = openZip(bytes);
  const after = openZip(written);
  for (const name of before.names) {
    const [old, anew] = [before.read(name), after.read(name)];
    const isSame = old !== undefined && anew !== undefined && Buffer.compare(old, anew) === 0;
    if (!isSame && !edited.has(name) && !/table|diagrams|chart/i.test(name)) {
      differences.push(`${name} changes without a reason`);
    }
  }
  return differences;
}
