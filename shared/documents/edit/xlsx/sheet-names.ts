import type { UntouchedTexts } from '#shared/domain/edit-view.ts';
import { escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import { decodePart } from '../../placed-xml.ts';
import { rewriteZip } from '../../rewrite-zip.ts';
import { openZip, type ZipArchive } from '../../zip.ts';
import type { PackageEditor } from '../ooxml/package-editor.ts';
import type { EditableFile, Segment } from '../segments.ts';
import {
  changeAttributes,
  constantsIn,
  formulasIn,
  makesReferences,
  type Renames,
  renameInFormula,
  renameInPart,
} from './sheet-references.ts';
import type { Survey } from './survey.ts';

/**
 * Makes segments of the names of sheets. A new name is written wherever the workbook refers to the sheet: in formulas, defined names (print
 * areas and titles among them), charts, links, rules, controls and the sources of pivot tables. Names that macros or formulas may spell out
 * as a text stay, and are counted as untouched.
 */
export function withSheetNames(
  file: EditableFile,
  { bytes, editor, survey }: { bytes: Uint8Array; editor: PackageEditor; survey: Survey },
): EditableFile {
  const { sheets } = survey;
  const reasonFor = reasonsToKeep(bytes, editor);
  const segmentIdOf = (index: number) => `${editor.mainPart}#${index + 1}`;
  const segments = sheets.flatMap(({ name }, index): Segment[] => {
    if (name.trim() === '' || reasonFor(name) !== undefined) return [];
    const place = { kind: 'sheet' as const, sheet: name, range: 'A1' };
    return [{ id: segmentIdOf(index), kind: 'sheet-name', place, text: escapeText(name) }];
  });
  const names = sheets.map(({ name }) => name);
  const kept = keptByReason(names, reasonFor);
  return {
    segments: [...segments, ...file.segments],
    untouched: [...(file.untouched ?? []), ...kept],
    write(texts) {
      const ids = new Set(segments.map(({ id }) => id));
      const others = new Map([...texts].filter(([id]) => !ids.has(id)));
      const edited = file.write(others);
      const renames = renamesOf(names, (index) =>
        ids.has(segmentIdOf(index)) ? texts.get(segmentIdOf(index)) : undefined,
      );
      return renames.size === 0 ? edited : renameSheets(edited, editor.mainPart, renames);
    },
  };
}

/** Parts that may refer to sheets. What users and other programs have put into the file is theirs. */
function referringParts(archive: ZipArchive): string[] {
  return archive.names.filter(
    (name) => /\.(?:xml|vml)$/i.test(name) && !/^(?:customXml|docProps)\//i.test(name),
  );
}

function reasonsToKeep(
  bytes: Uint8Array,
  { file, mainPart }: PackageEditor,
): (name: string) => string | undefined {
  const hasMacros = file.relationshipsOf(mainPart).some(({ type }) => type === 'vbaProject');
  if (hasMacros) return () => 'names of sheets, which macros may refer to';
  const archive = openZip(bytes);
  const sources = referringParts(archive).flatMap((part) => {
    const content = archive.read(part);
    return content === undefined ? [] : [decodePart(content).text];
  });
  const formulas = sources.flatMap(formulasIn);
  const isSpelledOut = formulas.some(makesReferences) || sources.some(hasHiddenText);
  if (isSpelledOut) return () => 'names of sheets, which formulas make references of';
  const constants = new Set(formulas.flatMap(constantsIn).map((each) => each.toLowerCase()));
  return (name) =>
    [...constants].some((constant) => constant.includes(name.toLowerCase()))
      ? 'names of sheets that formulas hold as a text'
      : undefined;
}

/** Text that is written in a way in which references are not found; no Office program writes so. */
function hasHiddenText(source: string): boolean {
  return source.includes('<![CDATA[');
}

function keptByReason(
  names: readonly string[],
  reasonFor: (name: string) => string | undefined,
): UntouchedTexts[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const reason = reasonFor(name);
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

const maxNameLength = 31;

/** Names that Excel takes: short, without signs that references need, no two alike, none that Excel keeps for itself. */
function renamesOf(
  names: readonly string[],
  textAt: (index: number) => string | undefined,
): Renames {
  const wanted = names.map((name, index) => {
    const text = textAt(index);
    return text === undefined || withoutTags(text) === name ? undefined : withoutTags(text);
  });
  const taken = new Set(
    names.flatMap((name, index) => (wanted[index] === undefined ? [name.toLowerCase()] : [])),
  );
  const renames = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const text = wanted[index];
    if (text === undefined) continue;
    const free = freeName(text, taken);
    taken.add(free.toLowerCase());
    renames.set(name.toLowerCase(), free);
  }
  return renames;
}

function freeName(text: string, taken: ReadonlySet<string>): string {
  const clean = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them
    .replace(/[[\]:*?/\\\u0000-\u001f]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^['\s]+|['\s]+$/g, '');
  const name = clean === '' || clean.toLowerCase() === 'history' ? `${clean}_` : clean;
  let free = cut(name, maxNameLength);
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) {
    const ending = ` (${number})`;
    free = `${cut(name, maxNameLength - ending.length)}${ending}`;
  }
  return free;
}

/** No character is cut in half, and no name ends in what a name may not end in. */
function cut(name: string, length: number): string {
  const short = name
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/u, '');
  return short.replace(/['\s]+$/g, '');
}

function renameSheets(bytes: Uint8Array, mainPart: string, renames: Renames): Uint8Array {
  const archive = openZip(bytes);
  const changes = new Map<string, Uint8Array>();
  const change = (part: string, rewrite: (source: string) => string) => {
    const content = archive.read(part);
    if (content === undefined) return;
    const source = decodePart(content);
    const changed = rewrite(source.text);
    if (changed !== source.text) changes.set(part, source.encode(changed));
  };
  const newName = (name: string) => renames.get(name.toLowerCase()) ?? name;
  for (const part of referringParts(archive)) {
    change(part, (source) => {
      const renamed = renameInPart(source, renames);
      if (part.toLowerCase() !== mainPart.toLowerCase()) return renamed;
      return changeAttributes(renamed, { elements: 'sheet', attributes: 'name' }, newName);
    });
  }
  for (const part of archive.names.filter((name) => name.endsWith('.rels'))) {
    const link = { elements: 'Relationship', attributes: 'Target' };
    change(part, (source) => changeAttributes(source, link, (to) => renameTarget(to, renames)));
  }
  return rewriteZip(bytes, changes);
}

/** Shapes link to a place of the workbook by an external relationship to `#Sheet!A1`, with spaces as such or as `%20`. */
function renameTarget(target: string, renames: Renames): string {
  if (!target.startsWith('#')) return target;
  const plain = target.replaceAll('%20', ' ');
  const renamed = renameInFormula(plain, renames);
  return renamed === plain ? target : renamed.replaceAll(' ', '%20');
}
