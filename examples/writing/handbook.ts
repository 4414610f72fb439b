import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  Document,
  ExternalHyperlink,
  FootnoteReferenceRun,
  Packer,
  Paragraph,
  type ParagraphChild,
  TextRun,
} from 'docx';
import { settlePackage } from '#shared/documents/write/docx/settle-package.ts';
import { glossary, handbook } from '../content/handbook.ts';
import { piecesOf } from './inline.ts';
import { footerOf, headerOf, listNumbering, page, wordStyles } from './word-style.ts';
import { wordTable } from './word-table.ts';

const date = new Date('2026-01-12T09:00:00Z');

/** A handbook as a Word document with a header, a footnote, a link, a list, a table, a comment and words in bold within sentences. */
export async function writeHandbook(): Promise<Uint8Array> {
  const notes: string[] = [];
  const runsOf = (text: string) => piecesOf(text).map((piece) => runOf(piece, notes));
  const body = [
    new Paragraph({ style: 'Title', text: handbook.title, spacing: { before: 0, after: 240 } }),
    new Paragraph({ children: runsOf(handbook.opening) }),
    ...handbook.articles.flatMap(({ title, text, bullets }) => [
      new Paragraph({ style: 'Heading2', text: title }),
      new Paragraph({ children: runsOf(text) }),
      ...bullets.map(
        (item) =>
          new Paragraph({
            style: 'ListParagraph',
            numbering: { reference: 'bullets', level: 0 },
            children: linked(item),
          }),
      ),
    ]),
    new Paragraph({ style: 'Caption', text: handbook.caption }),
    wordTable(handbook.table),
    new Paragraph({ text: '' }),
    new Paragraph({ children: commented(handbook.closing) }),
  ];
  const document = new Document({
    title: handbook.title,
    creator: 'Valtor Freight',
    lastModifiedBy: 'Valtor Freight',
    styles: wordStyles({ size: 21, line: 288, after: 130 }),
    numbering: { config: [...listNumbering] },
    footnotes: Object.fromEntries(
      notes.map((text, index) => [index + 1, { children: [new Paragraph({ text })] }]),
    ),
    comments: {
      children: [
        {
          id: 0,
          author: 'Mara Ellin',
          date,
          children: [new Paragraph({ text: handbook.remark })],
        },
      ],
    },
    sections: [
      {
        properties: { page },
        headers: { default: headerOf(handbook.header) },
        footers: { default: footerOf(handbook.footer) },
        children: body,
      },
    ],
  });
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return settlePackage(packed, { language: 'en-GB' });
}

/** Terms and how they are to be translated, as CSV. */
export function writeGlossary(): Uint8Array {
  return new TextEncoder().encode(glossary.map((row) => `${row.join(',')}\r\n`).join(''));
}

function runOf(piece: ReturnType<typeof piecesOf>[number], notes: string[]): ParagraphChild {
  if (piece.kind !== 'note') return new TextRun({ text: piece.text, bold: piece.kind === 'bold' });
  notes.push(piece.text);
  return new FootnoteReferenceRun(notes.length);
}

/** A web address becomes a link. */
function linked(text: string): ParagraphChild[] {
  return text.split(/(https:\S+[^\s.])/).map((part) =>
    part.startsWith('https:')
      ? new ExternalHyperlink({
          link: part,
          children: [new TextRun({ text: part, style: 'Hyperlink' })],
        })
      : new TextRun({ text: part }),
  );
}

/** The words between `==` carry the comment. */
function commented(text: string): ParagraphChild[] {
  const [before = '', words = '', behind = ''] = text.split('==');
  return [
    new TextRun({ text: before }),
    new CommentRangeStart(0),
    new TextRun({ text: words }),
    new CommentRangeEnd(0),
    new TextRun({ children: [new CommentReference(0)] }),
    new TextRun({ text: behind }),
  ];
}
