import {
  BorderStyle,
  Document,
  type IStylesOptions,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { settlePackage } from '#shared/documents/write/docx/settle-package.ts';
import { agenda, cues, meeting } from '../content/meeting.ts';
import { accent, footerOf, headerOf, page, textWidth, wordStyles } from './word-style.ts';

/** The transcript of a meeting as WebVTT. */
export function writeTranscript(): Uint8Array {
  const blocks = cues.map(
    ([from, to, speaker, text]) => `${timeOf(from)} --> ${timeOf(to)}\n<v ${speaker}>${text}</v>\n`,
  );
  return new TextEncoder().encode(['WEBVTT\n', ...blocks].join('\n'));
}

/** The points of the meeting as Markdown. */
export function writeAgenda(): Uint8Array {
  const points = agenda.map((point, index) => `${index + 1}. ${point}`);
  return new TextEncoder().encode(`# Agenda\n\n${points.join('\n')}\n`);
}

/** Parameters of the workflow, for `--params`. */
export function writeMeetingParams(): Uint8Array {
  const params = { ...meeting, agenda: 'agenda.md', template: 'minutes-template.docx' };
  return new TextEncoder().encode(`${JSON.stringify(params, undefined, 2)}\n`);
}

/** The template of a house: its fonts, colours, header and footer, a table of facts, and the place where the minutes go. */
export async function writeMinutesTemplate(): Promise<Uint8Array> {
  const document = new Document({
    title: 'Template for minutes',
    creator: 'Valtor Freight',
    lastModifiedBy: 'Valtor Freight',
    styles: houseStyles(),
    sections: [
      {
        properties: { page },
        headers: { default: headerOf('Valtor Freight · Minutes') },
        footers: { default: footerOf('Internal') },
        children: [
          new Paragraph({ style: 'Title', text: '{{title}}', spacing: { before: 0, after: 200 } }),
          factTable([
            ['Date', '{{date}}'],
            ['Present', '{{attendees}}'],
            ['Did not speak', '{{silent}}'],
          ]),
          new Paragraph({ text: '' }),
          new Paragraph({ text: '{{content}}' }),
          new Paragraph({
            spacing: { before: 300 },
            children: [
              new TextRun({ text: 'Objections within five working days.', italics: true }),
            ],
          }),
        ],
      },
    ],
  });
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return settlePackage(packed, { language: 'en-GB' });
}

/** Headings of a page of minutes are smaller than those of a report, whose chapters begin on a page of their own. */
function houseStyles(): IStylesOptions {
  const styles = wordStyles({ size: 21, line: 276, after: 120 });
  const heading1 = styles.default?.heading2 ?? {};
  const heading2 = styles.default?.heading3 ?? {};
  const title = { ...styles.default?.title, run: { size: 44, bold: true, color: accent } };
  return { ...styles, default: { ...styles.default, title, heading1, heading2 } };
}

function factTable(rows: readonly (readonly [string, string])[]): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const line = { style: BorderStyle.SINGLE, size: 6, color: accent };
  const widths = [2_000, textWidth - 2_000];
  const cellOf = (text: string, column: number) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      children: [
        new Paragraph({
          style: 'TableText',
          children: [new TextRun({ text, bold: column === 0 })],
        }),
      ],
    });
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: line,
      bottom: line,
      left: none,
      right: none,
      insideHorizontal: none,
      insideVertical: none,
    },
    margins: { top: 50, bottom: 50, left: 90, right: 90, marginUnitType: WidthType.DXA },
    rows: rows.map((row) => new TableRow({ children: row.map(cellOf) })),
  });
}

function timeOf(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `00:${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.000`;
}
