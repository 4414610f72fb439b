import pdfmake from 'pdfmake';
import type { Block, Chapter } from '../content/block.ts';
import { firstHalf } from '../content/study/first-half.ts';
import { abstract, studyAuthors, studySubtitle, studyTitle } from '../content/study/front.ts';
import { secondHalf } from '../content/study/second-half.ts';
import { useRoboto } from './pdf-fonts.ts';

/** A node of pdfmake's document definition. */
type Node = Readonly<Record<string, unknown>>;

const accent = '#1F4E5F';
const grey = '#5F6B76';

/** Writes the field study as a PDF. */
export async function writeFieldStudy(): Promise<Uint8Array> {
  useRoboto();
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: [78, 76, 78, 76],
    // pdfmake stamps the time otherwise, and the file would differ every time.
    info: {
      title: studyTitle,
      author: studyAuthors,
      creationDate: new Date('2026-01-12T09:00:00Z'),
    },
    language: 'en-GB',
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.5, color: '#22303C' },
    footer: (current: number, count: number) => ({
      text: `${current} / ${count}`,
      alignment: 'center',
      fontSize: 8.5,
      color: grey,
      margin: [0, 26, 0, 0],
    }),
    pageBreakBefore: isHeadingAtPageEnd,
    content: [...frontMatter(), ...[...firstHalf, ...secondHalf].flatMap(writeChapter)],
  });
  return pdf.getBuffer();
}

interface PlacedNodes {
  getFollowingNodesOnPage(): readonly unknown[];
}

/** A heading does not stand alone at the end of a page. */
function isHeadingAtPageEnd(node: { headlineLevel?: number }, placed: PlacedNodes): boolean {
  return node.headlineLevel !== undefined && placed.getFollowingNodesOnPage().length === 0;
}

function frontMatter(): Node[] {
  return [
    { text: studyTitle, fontSize: 23, bold: true, color: accent, lineHeight: 1.1 },
    { text: studySubtitle, fontSize: 13, color: grey, margin: [0, 4, 0, 10] },
    { text: studyAuthors, italics: true, margin: [0, 0, 0, 18] },
    headingOf('Abstract', 1),
    ...abstract.map((text) => ({ text, margin: [14, 0, 14, 7] })),
  ];
}

function writeChapter(chapter: Chapter, index: number): Node[] {
  const number = index + 1;
  let sections = 0;
  const write = (block: Block): Node[] => {
    if (typeof block === 'string') return [{ text: block, margin: [0, 0, 0, 8] }];
    switch (block.kind) {
      case 'section':
        sections += 1;
        return [headingOf(`${number}.${sections} ${block.title}`, 2)];
      case 'subsection':
        return [headingOf(block.title, 2)];
      case 'bullets':
        return [{ ul: block.items, margin: [0, 0, 0, 8] }];
      case 'steps':
        return [{ ol: block.items, margin: [0, 0, 0, 8] }];
      case 'table':
        return writeTable(block);
    }
  };
  return [headingOf(`${number} ${chapter.title}`, 1), ...chapter.blocks.flatMap(write)];
}

function headingOf(text: string, level: 1 | 2): Node {
  const size = level === 1 ? 16 : 12;
  const margin = level === 1 ? [0, 14, 0, 6] : [0, 8, 0, 4];
  return { text, fontSize: size, bold: true, color: accent, margin, headlineLevel: level };
}

function writeTable({ caption, header, rows }: Extract<Block, { kind: 'table' }>): Node[] {
  const cell = (text: string, column: number): Node => ({
    text,
    fontSize: 9.5,
    alignment: column === 0 ? 'left' : 'right',
  });
  const body = {
    layout: 'lightHorizontalLines',
    table: {
      headerRows: 1,
      widths: header.map((_, column) => (column === 0 ? '*' : 'auto')),
      body: [
        header.map((text, column) => ({ ...cell(text, column), bold: true })),
        ...rows.map((row) => row.map(cell)),
      ],
    },
  };
  const title = { text: caption, bold: true, fontSize: 9.5, color: grey, margin: [0, 8, 0, 4] };
  return [{ stack: [title, body], unbreakable: true, margin: [0, 0, 0, 12] }];
}
