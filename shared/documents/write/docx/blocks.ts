import {
  BorderStyle,
  type FileChild,
  HeadingLevel,
  PageBreak,
  Paragraph,
  TableOfContents,
} from 'docx';
import type { ReportBlock } from '#shared/domain/report.ts';
import { cleanText } from '../clean-text.ts';
import { runsRightToLeft } from '../script.ts';
import { lists } from './lists.ts';
import { colours } from './measures.ts';
import { styleIds } from './styles.ts';
import { tableOf } from './tables.ts';
import { paragraphOf, type TextContext } from './text.ts';

export interface BlockWriter {
  write(block: ReportBlock): FileChild[];
}

const headingLevels: Readonly<Record<number, (typeof HeadingLevel)[keyof typeof HeadingLevel]>> = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
};

/** Turns blocks of a report into paragraphs and tables, one after the other. */
export function createBlockWriter(context: TextContext): BlockWriter {
  let listCount = 0;

  const writeList = ({ isOrdered, items }: Extract<ReportBlock, { kind: 'list' }>) => {
    listCount += 1;
    const { reference } = isOrdered ? lists.numbers : lists.bullets;
    const numbering = { reference, level: 0, instance: listCount };
    return items.map((item) => paragraphOf(item, { style: styleIds.listItem, numbering }, context));
  };

  return {
    write(block) {
      switch (block.kind) {
        case 'heading': {
          const heading = headingLevels[block.level] ?? HeadingLevel.HEADING_3;
          return [paragraphOf([{ text: block.text }], { heading }, context)];
        }
        case 'paragraph':
          return [paragraphOf(block.runs, {}, context)];
        case 'lead':
          return [leadOf(block, context)];
        case 'notice':
          return [paragraphOf([{ text: block.text }], { style: styleIds.notice }, context)];
        case 'list':
          return writeList(block);
        case 'table':
          return tableOf(block, context);
        case 'contents':
          return contentsOf(block, context);
        case 'page-break':
          return [new Paragraph({ style: styleIds.tableGap, children: [new PageBreak()] })];
      }
    },
  };
}

/**
 * A field with an entry for every heading, linked to it, so that it is not empty before Word updates it. Page numbers come with that
 * update; the field is not marked as out of date, since Word would ask about it whenever the document is opened.
 */
function contentsOf({ title }: Extract<ReportBlock, { kind: 'contents' }>, context: TextContext) {
  return [
    paragraphOf([{ text: title }], { style: styleIds.contentsTitle }, context),
    new TableOfContents(cleanText(title), {
      hyperlink: true,
      headingStyleRange: '1-3',
      beginDirty: false,
    }),
  ];
}

/** A bar stands where its lines begin. Word takes the side of a border literally, whatever the direction of the paragraph. */
function leadOf(block: Extract<ReportBlock, { kind: 'lead' }>, context: TextContext): Paragraph {
  const text = block.runs.map((run) => run.text).join('');
  const bar = { style: BorderStyle.SINGLE, size: 24, space: 12, color: colours.accent };
  const border = runsRightToLeft(text, context.typography) ? { right: bar } : { left: bar };
  return paragraphOf(block.runs, { style: styleIds.lead, border }, context);
}
