import { AlignmentType, Footer, Header, PageNumber, Paragraph, TextRun } from 'docx';
import { runsRightToLeft, type Typography } from '../script.ts';
import { styleIds } from './styles.ts';
import { paragraphOf } from './text.ts';

const maxTitleLength = 90;

/** The title, on every page but the first. */
export function headerOf(title: string, typography: Typography): Header {
  const text = title.length > maxTitleLength ? `${title.slice(0, maxTitleLength - 1)}…` : title;
  const context = { typography, cite: () => [] };
  return new Header({ children: [paragraphOf([{ text }], { style: styleIds.header }, context)] });
}

/** Page and number of pages, behind a text if there is one. */
export function footerOf(text: string, typography: Typography): Footer {
  const isRightToLeft = runsRightToLeft('', typography);
  return new Footer({
    children: [
      new Paragraph({
        style: styleIds.footer,
        alignment: AlignmentType.RIGHT,
        ...(isRightToLeft ? { bidirectional: true } : {}),
        children: [
          ...(text === '' ? [] : [new TextRun({ text: `${text}    ` })]),
          new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}
