import {
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  Packer,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { settlePackage } from '#shared/documents/write/docx/settle-package.ts';
import type { Block, Chapter } from '../content/block.ts';
import { yearAtAGlance } from '../content/report/1-year.ts';
import { marketsAndCustomers } from '../content/report/2-markets.ts';
import { operations } from '../content/report/3-operations.ts';
import { fleet } from '../content/report/4-fleet.ts';
import { terminals } from '../content/report/5-terminals.ts';
import { people } from '../content/report/6-people.ts';
import { safety } from '../content/report/7-safety.ts';
import { environment } from '../content/report/8-environment.ts';
import { finance } from '../content/report/9-finance.ts';
import { outlook } from '../content/report/10-outlook.ts';
import { piecesOf } from './inline.ts';
import { footerOf, headerOf, listNumbering, page, wordStyles } from './word-style.ts';
import { wordTable } from './word-table.ts';

const title = 'Corvane Rail Freight: annual report 2025/26';

const chapters: readonly Chapter[] = [
  yearAtAGlance,
  marketsAndCustomers,
  operations,
  fleet,
  terminals,
  people,
  safety,
  environment,
  finance,
  outlook,
];

/** Writes the annual report as a Word document. */
export async function writeAnnualReport(): Promise<Uint8Array> {
  const footnotes: Footnotes = {};
  const children = [
    ...frontPage(),
    ...chapters.flatMap((chapter, index) => writeChapter(chapter, index + 1, footnotes)),
  ];
  const document = new Document({
    title,
    subject: 'Report of the Board and the management for the year ended 31 March 2026',
    creator: 'Corvane Rail Freight',
    lastModifiedBy: 'Corvane Rail Freight',
    styles: wordStyles({ size: 23, line: 318, after: 190 }),
    numbering: { config: listNumbering },
    footnotes,
    sections: [
      {
        properties: { page, titlePage: true },
        headers: { default: headerOf('Corvane Rail Freight · Annual report 2025/26') },
        footers: { default: footerOf('Year ended 31 March 2026') },
        children,
      },
    ],
  });
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return settlePackage(packed, { language: 'en-GB' });
}

type Footnotes = Record<number, { children: Paragraph[] }>;

function frontPage(): Paragraph[] {
  return [
    new Paragraph({ style: 'Title', text: title }),
    new Paragraph({
      style: 'Subtitle',
      text: 'Report of the Board and the management for the year ended 31 March 2026',
    }),
    new Paragraph({ text: 'Contents', spacing: { before: 1200, after: 160 }, style: 'Subtitle' }),
    ...chapters.map((chapter, index) => new Paragraph({ text: `${index + 1} ${chapter.title}` })),
  ];
}

/** Headings carry their numbers in their text, so that a section can be named by it. */
function writeChapter(
  chapter: Chapter,
  number: number,
  footnotes: Footnotes,
): (Paragraph | Table)[] {
  const counts = { sections: 0, tables: 0, lists: 0 };
  const write = (block: Block): (Paragraph | Table)[] => {
    if (typeof block === 'string') return [new Paragraph({ children: runsOf(block, footnotes) })];
    switch (block.kind) {
      case 'section':
        counts.sections += 1;
        return [headingOf(`${number}.${counts.sections} ${block.title}`, HeadingLevel.HEADING_2)];
      case 'subsection':
        return [headingOf(block.title, HeadingLevel.HEADING_3)];
      case 'bullets':
      case 'steps': {
        counts.lists += 1;
        const instance = number * 100 + counts.lists;
        const numbering = { reference: block.kind, level: 0, instance };
        return block.items.map(
          (item) =>
            new Paragraph({ style: 'ListParagraph', numbering, children: runsOf(item, footnotes) }),
        );
      }
      case 'table': {
        counts.tables += 1;
        const caption = `Table ${number}.${counts.tables}. ${block.caption}`;
        return [
          new Paragraph({ style: 'Caption', text: caption }),
          wordTable([block.header, ...block.rows]),
          new Paragraph({ text: '' }),
        ];
      }
    }
  };
  return [
    new Paragraph({
      text: `${number} ${chapter.title}`,
      heading: HeadingLevel.HEADING_1,
      pageBreakBefore: true,
    }),
    ...chapter.blocks.flatMap(write),
  ];
}

function headingOf(
  text: string,
  heading: (typeof HeadingLevel)[keyof typeof HeadingLevel],
): Paragraph {
  return new Paragraph({ text, heading });
}

function runsOf(text: string, footnotes: Footnotes): (TextRun | FootnoteReferenceRun)[] {
  return piecesOf(text).map((piece) => {
    if (piece.kind !== 'note')
      return new TextRun({ text: piece.text, bold: piece.kind === 'bold' });
    const id = Object.keys(footnotes).length + 1;
    footnotes[id] = {
      children: [new Paragraph({ style: 'FootnoteText', text: ` ${piece.text}` })],
    };
    return new FootnoteReferenceRun(id);
  });
}
