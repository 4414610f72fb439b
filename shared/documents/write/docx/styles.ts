import {
  AlignmentType,
  BorderStyle,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LineRuleType,
  ShadingType,
} from 'docx';
import type { Typography } from '../script.ts';
import { colours, sizes } from './measures.ts';

/** Styles that paragraphs name. Word's own where it has one, so that an author can restyle the document at once. */
export const styleIds = {
  title: 'Title',
  subtitle: 'Subtitle',
  header: 'Header',
  footer: 'Footer',
  footnote: 'FootnoteText',
  listItem: 'ListParagraph',
  lead: 'Lead',
  notice: 'Notice',
  contentsTitle: 'ContentsTitle',
  tableHeader: 'TableHeader',
  tableCell: 'TableCell',
  tableGap: 'TableGap',
  colophonStart: 'ColophonStart',
  colophon: 'Colophon',
} as const;

/** Fonts, sizes and distances of a report. */
export function reportStyles({ fonts, languages }: Typography): IStylesOptions {
  return {
    default: {
      document: {
        run: { font: fonts, size: sizes.body, color: colours.ink, language: languages },
        paragraph: { spacing: { after: 140, line: 281, lineRule: LineRuleType.AUTO } },
      },
      title: {
        next: styleIds.subtitle,
        run: { size: sizes.title, bold: true, color: colours.accent },
        paragraph: {
          spacing: { before: 0, after: 100, line: 240, lineRule: LineRuleType.AUTO },
          keepNext: true,
        },
      },
      heading1: heading(0, { size: sizes.heading1, color: colours.accent }, [400, 120]),
      heading2: heading(1, { size: sizes.heading2, color: colours.accent }, [300, 80]),
      heading3: heading(2, { size: sizes.heading3, color: colours.ink }, [220, 60]),
      listParagraph: { paragraph: { spacing: { after: 90 } } },
      footnoteText: {
        run: { size: sizes.footnote, color: colours.ink },
        paragraph: { spacing: { after: 40, line: 240, lineRule: LineRuleType.AUTO } },
      },
      footnoteReference: { run: { superScript: true, color: colours.accent } },
    },
    paragraphStyles: [...frontStyles, ...contentsStyles, ...tableStyles, ...marginStyles],
  };
}

/** The level is written out: Word knows it from the name of the style, other programs do not. */
function heading(
  outlineLevel: number,
  run: { readonly size: number; readonly color: string },
  [before, after]: readonly [before: number, after: number],
) {
  return {
    next: 'Normal',
    run: { ...run, bold: true },
    paragraph: {
      outlineLevel,
      spacing: { before, after, line: 252, lineRule: LineRuleType.AUTO },
      keepNext: true,
      keepLines: true,
    },
  };
}

const box = { style: BorderStyle.SINGLE, size: 6, space: 8, color: colours.noticeRule } as const;

const frontStyles: readonly IParagraphStyleOptions[] = [
  {
    id: styleIds.subtitle,
    name: 'Subtitle',
    basedOn: 'Normal',
    next: 'Normal',
    quickFormat: true,
    run: { size: sizes.subtitle, color: colours.grey },
    paragraph: { spacing: { after: 360, line: 252, lineRule: LineRuleType.AUTO } },
  },
  {
    id: styleIds.lead,
    name: 'Lead',
    basedOn: 'Normal',
    next: 'Normal',
    quickFormat: true,
    run: { size: sizes.lead, color: colours.accent },
    paragraph: {
      indent: { left: 284 },
      spacing: { before: 200, after: 320, line: 293, lineRule: LineRuleType.AUTO },
    },
  },
  {
    id: styleIds.notice,
    name: 'Notice',
    basedOn: 'Normal',
    next: 'Normal',
    quickFormat: true,
    paragraph: {
      border: { top: box, bottom: box, left: box, right: box },
      shading: { type: ShadingType.CLEAR, color: 'auto', fill: colours.noticeFill },
      indent: { left: 180, right: 180 },
      spacing: { before: 160, after: 280, line: 259, lineRule: LineRuleType.AUTO },
      keepLines: true,
    },
  },
];

const contentsStyles: readonly IParagraphStyleOptions[] = [
  {
    id: styleIds.contentsTitle,
    name: 'Contents Title',
    basedOn: 'Normal',
    next: 'Normal',
    run: { size: sizes.heading2, bold: true, color: colours.accent },
    paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
  },
  ...[1, 2, 3].map((level) => ({
    id: `TOC${level}`,
    name: `toc ${level}`,
    basedOn: 'Normal',
    next: 'Normal',
    paragraph: { indent: { left: (level - 1) * 284 }, spacing: { after: 60 } },
  })),
];

const tableStyles: readonly IParagraphStyleOptions[] = [
  {
    id: styleIds.tableHeader,
    name: 'Table Header',
    basedOn: 'Normal',
    run: { size: sizes.table, bold: true, color: colours.accent },
    paragraph: { spacing: { after: 0, line: 245, lineRule: LineRuleType.AUTO }, keepNext: true },
  },
  {
    id: styleIds.tableCell,
    name: 'Table Cell',
    basedOn: 'Normal',
    run: { size: sizes.table },
    paragraph: { spacing: { after: 0, line: 250, lineRule: LineRuleType.AUTO } },
  },
  {
    id: styleIds.tableGap,
    name: 'Table Gap',
    basedOn: 'Normal',
    run: { size: 12 },
    paragraph: { spacing: { after: 80, line: 240, lineRule: LineRuleType.AUTO } },
  },
];

const line = { style: BorderStyle.SINGLE, size: 4, space: 6, color: colours.rule } as const;
const small = { size: sizes.small, color: colours.grey } as const;

const marginStyles: readonly IParagraphStyleOptions[] = [
  {
    id: styleIds.header,
    name: 'header',
    basedOn: 'Normal',
    run: small,
    paragraph: {
      border: { bottom: line },
      spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
    },
  },
  {
    id: styleIds.footer,
    name: 'footer',
    basedOn: 'Normal',
    run: small,
    paragraph: {
      alignment: AlignmentType.RIGHT,
      spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
    },
  },
  {
    id: styleIds.colophonStart,
    name: 'Colophon Start',
    basedOn: 'Normal',
    next: styleIds.colophon,
    run: small,
    paragraph: {
      border: { top: line },
      spacing: { before: 480, after: 40, line: 247, lineRule: LineRuleType.AUTO },
    },
  },
  {
    id: styleIds.colophon,
    name: 'Colophon',
    basedOn: 'Normal',
    run: small,
    paragraph: { spacing: { after: 40, line: 247, lineRule: LineRuleType.AUTO } },
  },
];
