import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDocxForEdit } from '#shared/documents/edit/docx.ts';
import { openPptxForEdit } from '#shared/documents/edit/pptx.ts';
import type { EditableFile, EditOptions } from '#shared/documents/edit/segments.ts';
import { openXlsxForEdit } from '#shared/documents/edit/xlsx.ts';
import { parseXml } from '#shared/documents/xml.ts';
import { allInFirstGroup, escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import { changedParts, makePptx, makeXlsx, partOf, shape } from '../../../support/edit-files.ts';
import { makeDocx, sourceFile } from '../../../support/office-files.ts';
import { randomDocx } from '../../../support/random-docx.ts';
import { readDocument } from '../../../support/read-document.ts';

const word = fc.string({ unit: fc.constantFrom(...'ab c&<>"é日🛣'), minLength: 1, maxLength: 6 });
const runs = fc.array(fc.tuple(word, fc.constantFrom('', 'b', 'i', 'lang')), { maxLength: 5 });
const extras = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });
const paragraphs = fc.array(fc.tuple(runs, extras), { minLength: 1, maxLength: 4 });
type Paragraphs = typeof paragraphs extends fc.Arbitrary<infer Value> ? Value : never;

const formats = [
  ['DOCX', makeWordFile, openDocxForEdit],
  ['PPTX', makeSlideFile, openPptxForEdit],
  ['XLSX', makeSheetFile, openXlsxForEdit],
] as const;

describe.each(formats)('Editing any %s file', (_, make, open) => {
  it('gives the same bytes for the same texts, and the same elements when every text is written anew', () => {
    fc.assert(
      fc.property(paragraphs, (content) => {
        const before = make(content);
        const forced = rewriteAll(before, open, (text) => text);
        const changed = changedParts(before, forced);

        expect(write(open(before), (text) => text)).toBe(before);
        expect(changed.map((part) => parseXml(Buffer.from(partOf(forced, part))))).toEqual(
          changed.map((part) => parseXml(Buffer.from(partOf(before, part)))),
        );
        expect(open(forced).segments).toEqual(open(before).segments);
      }),
      { numRuns: 25 },
    );
  });

  it('finds a new text again where it was put, and every other text where it was', () => {
    fc.assert(
      fc.property(paragraphs, fc.nat(), word, (content, choice, added) => {
        const before = make(content);
        const { segments } = open(before);
        const chosen = segments[choice % Math.max(segments.length, 1)];
        if (chosen === undefined) return;
        const text = insertText(chosen.text, `x${added}x`, choice);

        const after = open(before).write(new Map([[chosen.id, text]]));

        expect(changedParts(before, after)).toEqual([chosen.id.replace(/#.*/, '')]);
        const expected = segments.map((each) =>
          each === chosen ? withoutTags(text) : withoutTags(each.text),
        );
        expect(open(after).segments.map((each) => withoutTags(each.text))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a text with its tags in any order, and all of it in the first group', () => {
    fc.assert(
      fc.property(paragraphs, fc.boolean(), (content, isFirst) => {
        const before = make(content);
        const change = (text: string) =>
          isFirst ? allInFirstGroup({ text }, withoutTags(text)) : reverseTags(text);

        const after = write(open(before), change);

        const texts = open(before).segments.map(({ text }) => withoutTags(change(text)));
        expect(open(after).segments.map(({ text }) => withoutTags(text))).toEqual(texts);
      }),
      { numRuns: 25 },
    );
  });
});

describe('Editing every text of a random DOCX file', () => {
  it('leaves everything between its texts as it was, byte for byte, though runs of the same looks become one', () => {
    fc.assert(
      fc.property(randomDocx, (before) => {
        const after = write(openDocxForEdit(before), withLettersTwice);

        for (const part of changedParts(before, after)) {
          expect(withoutTexts(partOf(after, part))).toBe(withoutTexts(partOf(before, part)));
        }
        expect(openDocxForEdit(after).segments.map(({ text }) => withoutTags(text))).toEqual(
          openDocxForEdit(before).segments.map(({ text }) => withoutTags(withLettersTwice(text))),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('Segments of any DOCX file', () => {
  it('hold every word that the reader reads, once', async () => {
    await fc.assert(
      fc.asyncProperty(paragraphs, async (content) => {
        const bytes = makeWordFile([...content, [[['end', '']], [0, 0, 0, 0, 0, 0]]]);

        const { units } = await readDocument(sourceFile('a.docx', bytes), ['docx']);

        const segments = openDocxForEdit(bytes).segments.map(({ text }) => withoutTags(text));
        expect(lettersOf(segments)).toEqual(lettersOf(units.map(({ text }) => text)));
      }),
      { numRuns: 20 },
    );
  });
});

function makeWordFile(content: Paragraphs): Uint8Array {
  const properties = { '': '', b: '<w:b/>', i: '<w:i/>', lang: '<w:lang w:val="de"/>' };
  const between = [
    ...['', '', '<w:proofErr w:type="gramStart"/>', '<w:r><w:tab/></w:r>', '\n  '],
    '<w:bookmarkStart w:id="#" w:name="a"/><w:bookmarkEnd w:id="#"/>',
    '<w:r><w:t/></w:r>',
  ];
  const body = content.map(([list, seeds]) => {
    const sources = list.map(
      ([text, format]) =>
        `<w:r><w:rPr>${properties[format]}</w:rPr><w:t xml:space="preserve">${escapeText(text)}</w:t></w:r>`,
    );
    if (sources.length > 2) {
      sources[1] = `<w:hyperlink w:anchor="a">${sources[1] ?? ''}</w:hyperlink>`;
    }
    return `<w:p>${interleave(sources, seeds, between)}</w:p>`;
  });
  return makeDocx({ body: body.join('') });
}

function makeSlideFile(content: Paragraphs): Uint8Array {
  const properties = { '': '', b: ' b="1"', i: ' i="1"', lang: ' lang="de" dirty="0"' };
  const between = ['', '', '<a:br/>', '\n ', '<a:fld id="1"><a:t>7</a:t></a:fld>'];
  const body = content.map(([list, seeds]) => {
    const sources = list.map(
      ([text, format]) => `<a:r><a:rPr${properties[format]}/><a:t>${escapeText(text)}</a:t></a:r>`,
    );
    return `<a:p>${interleave(sources, seeds, between)}<a:endParaRPr/></a:p>`;
  });
  return makePptx(shape(1, body.join('')));
}

function makeSheetFile(content: Paragraphs): Uint8Array {
  const properties = { '': '', b: '<b/>', i: '<i/>', lang: '<sz val="9"/>' };
  const strings = content.map(([list]) =>
    list
      .map(
        ([text, format]) =>
          `<r><rPr>${properties[format]}</rPr><t xml:space="preserve">${escapeText(text)}</t></r>`,
      )
      .join(''),
  );
  const cells = strings.map((_, index) => `<c r="A${index + 1}" t="s"><v>${index}</v></c>`);
  return makeXlsx(`<row>${cells.join('')}</row>`, { strings });
}

function interleave(
  sources: readonly string[],
  seeds: readonly number[],
  between: readonly string[],
): string {
  const gap = (index: number) =>
    (between[(seeds[index] ?? 0) % between.length] ?? '').replaceAll('#', String(index));
  return sources.map((source, index) => gap(index) + source).join('') + gap(sources.length);
}

type Open = (bytes: Uint8Array, options?: EditOptions) => EditableFile;

function write(file: EditableFile, change: (text: string) => string): Uint8Array {
  return file.write(new Map(file.segments.map(({ id, text }) => [id, change(text)])));
}

function rewriteAll(bytes: Uint8Array, open: Open, change: (text: string) => string): Uint8Array {
  return write(open(bytes, { isForced: true }), change);
}

/** Puts characters between any two characters or tags. */
function insertText(text: string, added: string, seed: number): string {
  const pieces = text.match(/<\/?[gx]\d+\/?>|&(?:amp|lt|gt);|./gsu) ?? [];
  pieces.splice(seed % (pieces.length + 1), 0, escapeText(added));
  return pieces.join('');
}

/** The top-level pieces of a text without nesting, the last first. Nested texts stay as they are. */
function reverseTags(text: string): string {
  const isNested = /<g\d+>(?:(?!<\/g)[\s\S])*<g/.test(text);
  if (isNested) return text;
  return (text.match(/<g(\d+)>[\s\S]*?<\/g\1>|<x\d+\/>|&(?:amp|lt|gt);|[\s\S]/gu) ?? [])
    .toReversed()
    .join('');
}

function withLettersTwice(text: string): string {
  return text
    .split(/(<\/?[gx]\d+\/?>|&(?:amp|lt|gt);)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/\p{L}/gu, '$&$&')))
    .join('');
}

/** Runs of the same looks that follow each other count as one, which they become; space at the edge of a text has to be marked. */
function withoutTexts(xml: string): string {
  return xml
    .replace(/<w:t(?: xml:space="preserve")?>[^<]*<\/w:t>/g, '<w:t/>')
    .replace(/(<w:r><w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr><w:t\/><\/w:r>)\1+/g, '$1');
}

function lettersOf(texts: readonly string[]): string {
  return texts.join('').replace(/\s/g, '');
}
