import {
  AlignmentType,
  BorderStyle,
  Footer,
  Header,
  type IStylesOptions,
  LevelFormat,
  LineRuleType,
  type NumberingDefinition,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';

export const ink = '22303C';
export const accent = '7A2E1D';
const grey = '66707A';
const font = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: 'Yu Gothic', cs: 'Arial' } as const;

/** A4 with the margins of a printed report. */
export const page = {
  size: { width: 11906, height: 16838 },
  margin: { top: 1588, bottom: 1474, left: 1531, right: 1531, header: 737, footer: 680 },
} as const;

export const textWidth = page.size.width - page.margin.left - page.margin.right;

export interface Look {
  /** Half-points. */
  readonly size: number;
  /** In 240ths of a line. */
  readonly line: number;
  readonly after: number;
}

/** Styles of an example document. */
export function wordStyles({ size, line, after }: Look): IStylesOptions {
  const lineRule = LineRuleType.AUTO;
  const heading = (points: number, before: number) => ({
    next: 'Normal',
    run: { size: points * 2, bold: true, color: accent },
    paragraph: { spacing: { before, after: 140, line: 252, lineRule }, keepNext: true },
  });
  return {
    default: {
      document: {
        run: { font, size, color: ink, language: { value: 'en-GB' } },
        paragraph: { spacing: { after, line, lineRule } },
      },
      title: {
        run: { size: 64, bold: true, color: accent },
        paragraph: { spacing: { before: 2400, after: 200, line: 240, lineRule } },
      },
      heading1: heading(21, 0),
      heading2: heading(14, 360),
      heading3: { ...heading(12, 260), run: { size: 24, bold: true, color: ink } },
      listParagraph: { paragraph: { spacing: { after: Math.round(after / 2) } } },
      caption: {
        run: { size: 19, bold: true, italics: false, color: grey },
        paragraph: { spacing: { before: 220, after: 90, line: 240, lineRule }, keepNext: true },
      },
      footnoteText: { run: { size: 17 } },
    },
    paragraphStyles: [
      {
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        run: { size: 30, color: grey },
        paragraph: { spacing: { after: 240 } },
      },
      {
        id: 'TableText',
        name: 'Table Text',
        basedOn: 'Normal',
        run: { size: 19 },
        paragraph: { spacing: { after: 0, line: 252, lineRule } },
      },
    ],
  };
}

const indent = { left: 454, hanging: 454 } as const;

/** Lists of the report. */
export const listNumbering: readonly NumberingDefinition[] = [
  {
    reference: 'bullets',
    levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', style: { paragraph: { indent } } }],
  },
  {
    reference: 'steps',
    levels: [
      { level: 0, format: LevelFormat.DECIMAL, text: '%1.', style: { paragraph: { indent } } },
    ],
  },
];

/** Header with the name of the document. */
export function headerOf(text: string): Header {
  const line = { style: BorderStyle.SINGLE, size: 4, space: 6, color: 'C8CDD2' };
  return new Header({
    children: [
      new Paragraph({
        border: { bottom: line },
        children: [new TextRun({ text, size: 17, color: grey })],
      }),
    ],
  });
}

/** Footer with a remark and the number of the page. */
export function footerOf(text: string): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({ text: `${text} · `, size: 17, color: grey }),
          new TextRun({ children: [PageNumber.CURRENT], size: 17, color: grey }),
        ],
      }),
    ],
  });
}
