import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openPackage } from '#shared/documents/opc.ts';
import { readPptx } from '#shared/documents/read/pptx.ts';
import { collapseWhiteSpace } from '#shared/documents/unit-list.ts';
import { parseXml, type XmlElement } from '#shared/documents/xml.ts';
import type { Unit } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { sourceFile } from '../../../support/office-files.ts';
import {
  frame,
  line,
  makePptx,
  part,
  placeholder,
  type SlideParts,
  shape,
  table,
} from '../../../support/pptx-files.ts';

const corpus = '../shared/corpus';
const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.pptx$/.test(name),
    )
  : [];
const reason = files.length === 0 ? ' (skipped: the corpus is absent)' : '';
const itWithCorpus = files.length === 0 ? it.skip : it;

describe('coverage of readPptx', () => {
  it('finds every word of a deck exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...Object.keys(makers)), { maxLength: 8 }), {
          maxLength: 4,
        }),
        async (deck) => {
          const made = makeDeck(deck);

          const { units, hidden = [] } = await readPptx(sourceFile('a.pptx', made.bytes));

          const found = [...units, ...hidden].flatMap(({ text }) => text.match(/\bw\d+\b/g) ?? []);
          expect(found.toSorted()).toEqual(made.words.toSorted());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives locators by which every text is found again', async () => {
    const made = makeDeck([
      ['title', 'bullet', 'table', 'group', 'alternative', 'chart', 'diagram', 'notes', 'comment'],
      ['text', 'table', 'hidden', 'chart'],
    ]);

    const { units } = await readPptx(sourceFile('a.pptx', made.bytes));

    expect(units.length).toBeGreaterThan(12);
    for (const unit of units) {
      expect(resolve(made.bytes, unit)).toContain(/w\d+/.exec(unit.text)?.[0]);
    }
  });

  itWithCorpus(`accounts for every paragraph of real decks${reason}`, async () => {
    let paragraphCount = 0;
    for (const name of files) {
      const bytes = new Uint8Array(readFileSync(join(corpus, name)));
      const content = await readPptx(sourceFile(name, bytes)).catch((error: unknown) => {
        if (!isQuireError(error)) throw error;
        return undefined;
      });
      if (content === undefined) continue;
      const expected = paragraphsOf(bytes).flatMap(wordsOf);
      const counts = countsOf(
        [...content.units, ...(content.hidden ?? [])].flatMap(({ text }) => wordsOf(text)),
      );
      const missing = expected.filter((word) => !take(counts, word));
      paragraphCount += expected.length;
      // Slide numbers on slides and in notes are the only texts that a deck repeats and the units leave out.
      const leftOut = content.warnings.find(({ message }) => message.startsWith('Slide numbers'));
      expect({
        name,
        missing: missing.length,
        areNumbers: missing.every((word) => /^\d+$/.test(word)),
      }).toEqual({ name, missing: leftOut?.count ?? 0, areNumbers: true });
    }

    expect(paragraphCount).toBeGreaterThan(500);
  });
});

/** A deck of the pieces named for each slide, and its words. */
function makeDeck(deck: readonly (readonly string[])[]) {
  const words: string[] = [];
  const word = () => {
    words.push(`w${words.length + 1}`);
    return words.at(-1) ?? '';
  };
  const extra: Record<string, string> = {};
  const slides = deck.map((pieces, slide) => makeSlide(pieces, { word, extra, slide }));
  return { words, bytes: makePptx({ slides, files: extra }) };
}

interface Making {
  /** A word that the deck does not have yet. */
  readonly word: () => string;
  readonly id: number;
  /** Adds a part that the slide refers to; gives the id of the relationship. */
  readonly addPart: (type: string, content: string) => string;
}

interface MakingDeck {
  readonly word: () => string;
  readonly extra: Record<string, string>;
  readonly slide: number;
}

const makers: Readonly<Record<string, (making: Making) => string>> = {
  text: ({ word, id }) => shape(id, line(word()) + line(word())),
  title: ({ word, id }) => shape(id, line(word()), placeholder('title')),
  bullet: ({ word, id }) => shape(id, line(word(), '<a:pPr><a:buChar char="-"/></a:pPr>')),
  group: ({ word, id }) => `<p:grpSp><p:grpSp>${shape(id, line(word()))}</p:grpSp></p:grpSp>`,
  table: ({ word, id }) =>
    frame(
      id,
      table(
        [
          [word(), word()],
          ['', word()],
        ],
        { '0,1': 'hMerge="1"' },
      ),
    ),
  hidden: ({ word, id }) => shape(id, line(word())).replace('name=', 'hidden="1" name='),
  alternative: ({ word, id }) => alternatives(shape(id, line(word()))),
  notes: ({ word, id }) => shape(id, line(word()), placeholder('body', 1)),
  chart({ word, id, addPart }) {
    const title = `<c:title><c:tx><c:rich>${line(word())}</c:rich></c:tx></c:title>`;
    const series = `<c:ser><c:tx><c:v>${word()}</c:v></c:tx></c:ser>`;
    const name = addPart('chart', part('c:chartSpace', title + series));
    return frame(id, `<c:chart r:id="${name}"/>`);
  },
  diagram({ word, id, addPart }) {
    const point = `<dgm:pt modelId="1"><dgm:t>${line(word())}</dgm:t></dgm:pt>`;
    const name = addPart('diagramData', part('dgm:dataModel', `<dgm:ptLst>${point}</dgm:ptLst>`));
    return frame(id, `<dgm:relIds r:dm="${name}"/>`);
  },
  comment({ word, addPart }) {
    addPart('comments', part('p:cmLst', `<p:cm><p:text>${word()}</p:text></p:cm>`));
    return '';
  },
};

function makeSlide(pieces: readonly string[], { word, extra, slide }: MakingDeck): SlideParts {
  const relationships: Record<string, readonly [string, string]> = {};
  const addPart = (type: string, content: string) => {
    const name = `x${slide}-${Object.keys(relationships).length}.xml`;
    extra[`deck/pages/${name}`] = content;
    relationships[name] = [type, name];
    return name;
  };
  const made = pieces.map((kind, index) => ({
    kind,
    xml: makers[kind]?.({ word, id: index + 2, addPart }) ?? '',
  }));
  const join = (isNotes: boolean) =>
    made.flatMap(({ kind, xml }) => ((kind === 'notes') === isNotes ? [xml] : [])).join('');
  const notes = join(true);
  return { shapes: join(false), relationships, ...(notes === '' ? {} : { notes }) };
}

function alternatives(content: string): string {
  return `<mc:AlternateContent><mc:Choice Requires="p14">${content}</mc:Choice><mc:Fallback>${shape(99, line('old'))}</mc:Fallback></mc:AlternateContent>`;
}

/** Finds the text of a unit by its locator alone, through the relationships of the package. */
function resolve(bytes: Uint8Array, { locator }: Unit): string {
  const file = openPackage(bytes);
  if (file === undefined || locator.kind !== 'slide')
    throw new Error('Expected a place in a deck.');
  const parse = (name: string) => parseXml(file.read(name) ?? new Uint8Array());
  const slides = file.relationshipsOf('deck/main.xml').filter(({ type }) => type === 'slide');
  const slide = slides[locator.slide - 1]?.target ?? '';
  const own = file.relationshipsOf(slide);
  const targets = (type: string) =>
    own.filter((each) => each.type === type).map(({ target }) => target);
  const texts = (roots: readonly XmlElement[], names: readonly string[]) =>
    roots.map((root) => textIn(elementsIn(root, names)[locator.paragraph - 1])).join(' ');
  const shapeIn = (page: string) =>
    elementsIn(parse(page), ['p:sp', 'p:graphicFrame']).find(
      (each) => textOfId(each) === locator.shape,
    );
  switch (locator.part) {
    case 'slide':
      return textAround(shapeIn(slide) ?? parse(slide), locator.paragraph);
    case 'notes':
      return texts([shapeIn(targets('notesSlide')[0] ?? '') ?? parse(slide)], ['a:p']);
    case 'comments':
      return texts(targets('comments').map(parse), ['p:text']);
    case 'chart':
      return texts(targets('chart').map(parse), ['c:title', 'c:ser']);
    case 'diagram':
      return texts(targets('diagramData').map(parse), ['a:p']);
  }
}

/** Of a paragraph, or of the row of a table that it stands in. */
function textAround(shapeElement: XmlElement, paragraph: number): string {
  const found = elementsIn(shapeElement, ['a:p'])[paragraph - 1];
  const rows = elementsIn(shapeElement, ['a:tr']);
  const row = rows.find((each) => elementsIn(each, ['a:p']).some((inside) => inside === found));
  return textIn(row ?? found);
}

function textOfId(element: XmlElement): string | undefined {
  return elementsIn(element, ['p:cNvPr'])[0]?.attributes['id'];
}

function elementsIn(element: XmlElement, names: readonly string[]): XmlElement[] {
  return element.children.flatMap((child) =>
    names.includes(child.name) ? [child] : elementsIn(child, names),
  );
}

function textIn(element: XmlElement | undefined): string {
  return element === undefined ? '' : element.text + element.children.map(textIn).join('');
}

/** Texts of all paragraphs that a viewer can come to: those of layouts, masters and fallbacks aside. */
function paragraphsOf(bytes: Uint8Array): string[] {
  const file = openPackage(bytes);
  const seen = new Set<string>();
  const texts: string[] = [];
  const visit = (name: string) => {
    if (file === undefined || seen.has(name)) return;
    seen.add(name);
    for (const { type, target } of file.relationshipsOf(name)) {
      if (!readTypes.has(type) || seen.has(target)) continue;
      const content = file.read(target);
      if (content !== undefined) collect(parseXml(content), texts);
      visit(target);
    }
  };
  const main = file?.relationshipsOf('').find(({ type }) => type === 'officeDocument');
  if (main !== undefined) visit(main.target);
  return texts;
}

const readTypes = new Set([
  'slide',
  'notesSlide',
  'chart',
  'chartEx',
  'diagramData',
  'comments',
  'chartUserShapes',
]);

function collect(element: XmlElement, texts: string[]): void {
  if (element.name === 'mc:Fallback') return;
  if (element.name === 'a:p' || element.name === 'p:text') texts.push(runsIn(element));
  else for (const child of element.children) collect(child, texts);
}

function runsIn({ name, text, children }: XmlElement): string {
  if (name === 'a:br') return ' ';
  return name === 'a:t' || name === 'p:text' ? text : children.map(runsIn).join('');
}

function wordsOf(text: string): string[] {
  return collapseWhiteSpace(text)
    .normalize('NFKC')
    .split(' ')
    .filter((word) => word !== '');
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, word: string): boolean {
  const count = counts.get(word) ?? 0;
  counts.set(word, count - 1);
  return count > 0;
}
