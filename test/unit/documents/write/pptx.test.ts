import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writePptx } from '#shared/documents/write/pptx.ts';
import type { Slide } from '#shared/domain/presentation.ts';
import { zipOf } from '../../../support/office-files.ts';
import { brokenLinks, elementsOf, partsOf, untypedParts } from '../../../support/office-parts.ts';
import { bullet, presentationOf, slideParts, slideTexts } from '../../../support/presentations.ts';
import { citationWith } from '../../../support/reports.ts';
import { cellsOf } from '../../../support/workbook-content.ts';

const everyKind: readonly Slide[] = [
  { kind: 'title', title: 'Review 2025', subtitle: 'Nordlink', notes: ['Welcome.', 'Begin.'] },
  { kind: 'section', title: 'Finance' },
  {
    kind: 'bullets',
    title: 'Points',
    content: {
      items: [{ level: 0, runs: [{ text: 'One', citations: ['c1'] }] }, bullet('Sub', 1)],
    },
  },
  {
    kind: 'two-columns',
    title: 'Sides',
    left: { items: [bullet('left')] },
    right: { items: [bullet('right')] },
  },
  {
    kind: 'table',
    title: 'Figures',
    header: ['A', 'B'],
    rows: [[[{ text: 'x' }], [{ text: '1' }]]],
  },
  {
    kind: 'chart',
    title: 'Trend',
    chart: {
      type: 'bar',
      categories: ['Q1', 'Q2'],
      series: [{ name: '2025', values: [1.5, null] }],
    },
  },
];

describe('writePptx', () => {
  it('writes every kind of slide, and the citations at the end', async () => {
    const { bytes } = await writePptx(presentationOf(...everyKind), [citationWith()]);

    expect(slideTexts(partsOf(bytes))).toEqual([
      ['Review 2025', 'Nordlink'],
      ['Finance'],
      ['Points', 'One[1]', 'Sub'],
      ['Sides', 'left', 'right'],
      ['Figures', 'A', 'B', 'x', '1'],
      ['Trend'],
      [
        'Sources',
        '[1]',
        '“Revenue rose by 7.4 % to €184.6 million.” — section “2 Finance”, report.docx',
      ],
    ]);
  });

  it('makes a sound package whose bytes do not change', async () => {
    const [first, second] = [
      await writePptx(presentationOf(...everyKind), [citationWith()]),
      await writePptx(presentationOf(...everyKind), [citationWith()]),
    ];

    expect(first.bytes).toEqual(second.bytes);
    expect(brokenLinks(partsOf(first.bytes))).toEqual([]);
    expect(untypedParts(partsOf(first.bytes))).toEqual([]);
  });

  it('puts notes beside their slide', async () => {
    const { bytes } = await writePptx(presentationOf(...everyKind), [citationWith()]);

    const parts = partsOf(bytes);
    const notes = elementsOf(parts.root('ppt/notesSlides/notesSlide1.xml'), 't');
    expect(notes.map(({ text }) => text)).toEqual(['Welcome.', 'Begin.']);
    expect(parts.text('ppt/slides/_rels/slide1.xml.rels')).toContain('notesSlide1.xml');
  });

  it('writes a native chart with its figures and the workbook behind them', async () => {
    const { bytes } = await writePptx(presentationOf(...everyKind), [citationWith()]);

    const parts = partsOf(bytes);
    const chart = parts.root('ppt/charts/chart1.xml');
    const [values] = elementsOf(chart, 'numCache');
    expect(values && elementsOf(values, 'pt').map(({ attributes }) => attributes['idx'])).toEqual([
      '0',
    ]);
    expect(elementsOf(chart, 'f').map(({ text }) => text)).toEqual([
      'Data!$B$1',
      'Data!$A$2:$A$3',
      'Data!$B$2:$B$3',
    ]);
    const cells = cellsOf(parts.bytes('ppt/embeddings/workbook1.xlsx'));
    expect([...cells].map(([name, { value }]) => [name, value])).toEqual([
      ['A1', 'Category'],
      ['B1', '2025'],
      ['A2', 'Q1'],
      ['B2', '1.5'],
      ['A3', 'Q2'],
    ]);
  });

  it('goes on in further slides, with every line on one of them', async () => {
    const lines = fc.array(
      fc.record({
        level: fc.integer({ min: 0, max: 4 }),
        words: fc.integer({ min: 1, max: 400 }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(lines, async (given) => {
        const items = given.map(({ level, words }, index) =>
          bullet(Array.from({ length: words }, (_, word) => `w${index}.${word} `).join(''), level),
        );
        const slide: Slide = { kind: 'bullets', title: 'Points', content: { items } };

        const { bytes, warnings } = await writePptx(presentationOf(slide));

        const slides = slideTexts(partsOf(bytes));
        const shown = slides.flatMap((texts) => texts.slice(1)).join('');
        expect(shown).toBe(items.flatMap(({ runs }) => runs.map(({ text }) => text)).join(''));
        const titles = slides.map(([title]) => title);
        expect(titles).toEqual(
          slides.map((_, index) => (index === 0 ? 'Points' : `Points (${index + 1})`)),
        );
        expect(warnings.length).toBe(slides.length > 1 ? 1 : 0);
      }),
      { numRuns: 15 },
    );
  });

  it('shares a long table out over slides, each with the header and every row once', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => [
      [{ text: `Row ${row}` }],
      [{ text: row === 30 ? 'long '.repeat(900) : String(row) }],
    ]);

    const { bytes } = await writePptx(
      presentationOf({ kind: 'table', title: 'T', header: ['Name', 'Value'], rows }),
    );

    const slides = slideTexts(partsOf(bytes));
    expect(slides.length).toBeGreaterThan(3);
    expect(slides.every(([, first, second]) => first === 'Name' && second === 'Value')).toBe(true);
    const shown = slides.flatMap((texts) => texts.slice(3)).join('');
    expect(shown).toBe(
      rows.flatMap((cells) => cells.flatMap((runs) => runs.map(({ text }) => text))).join(''),
    );
  });

  it('turns lines around that run from right to left', async () => {
    const { bytes } = await writePptx(
      presentationOf({
        kind: 'bullets',
        title: 'T',
        content: { items: [bullet('مرحبا بالعالم')] },
      }),
    );

    const properties = elementsOf(partsOf(bytes).root('ppt/slides/slide1.xml'), 'pPr');
    expect(properties[1]?.attributes).toMatchObject({ rtl: '1', algn: 'r' });
  });

  it('refuses to cite what is not verified', async () => {
    await expect(writePptx(presentationOf(...everyKind), [])).rejects.toMatchObject({
      code: 'internal_error',
    });
  });
});

describe('writePptx into a template', () => {
  it('keeps master, layouts and theme byte for byte and takes out slides with all that is theirs', async () => {
    const template = await templateFile();

    const { bytes } = await writePptx(
      presentationOf({ kind: 'bullets', title: 'New', content: { items: [bullet('x')] } }),
      [],
      { template },
    );

    const [before, after] = [partsOf(template), partsOf(bytes)];
    const kept = before.names.filter((name) => /slideMaster|slideLayout|theme/.test(name));
    expect(kept.length).toBeGreaterThan(8);
    for (const name of kept) expect(after.bytes(name)).toEqual(before.bytes(name));
    expect(slideTexts(after)).toEqual([['New', 'x']]);
    expect(after.names.filter((name) => /chart|embedding/.test(name))).toEqual([]);
    const old = after.names.filter((name) => /Nordlink|Welcome/.test(after.text(name)));
    expect(old).toEqual([]);
    expect(brokenLinks(after)).toEqual([]);
    expect(untypedParts(after)).toEqual([]);
  });

  it('takes a template and gives a presentation', async () => {
    const asTemplate = await templateFile((types) =>
      types.replace('presentation.main+xml', 'template.main+xml'),
    );

    const { bytes } = await writePptx(presentationOf({ kind: 'section', title: 'S' }), [], {
      template: asTemplate,
    });

    const types = partsOf(bytes).text('[Content_Types].xml');
    expect(types).toContain('presentationml.presentation.main+xml');
    expect(types).not.toContain('template.main+xml');
    expect(slideParts(partsOf(bytes))).toHaveLength(1);
  });

  it('refuses a file that is no presentation', async () => {
    await expect(
      writePptx(presentationOf({ kind: 'section', title: 'S' }), [], {
        template: zipOf({ 'a.txt': 'x' }),
      }),
    ).rejects.toMatchObject({ code: 'unsupported_format' });
  });
});

/** A presentation of our own as somebody's template, with its content types changed. */
async function templateFile(change = (types: string) => types): Promise<Uint8Array> {
  const { bytes } = await writePptx(presentationOf(...everyKind), [citationWith()]);
  const parts = partsOf(bytes);
  const files = parts.names.map((name) => [name, parts.bytes(name)] as const);
  return zipOf({
    ...Object.fromEntries(files),
    '[Content_Types].xml': change(parts.text('[Content_Types].xml')),
  });
}
