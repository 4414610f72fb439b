import { type FootnoteReferenceRun, type IParagraphOptions, Paragraph, TextRun } from 'docx';
import type { Run } from '#shared/domain/report.ts';
import { cleanText } from '../clean-text.ts';
import { runsRightToLeft, splitByDirection, type Typography } from '../script.ts';

/** Makes the footnote marks of citations. */
export type Cite = (ids: readonly string[]) => (TextRun | FootnoteReferenceRun)[];

export interface TextContext {
  readonly typography: Typography;
  readonly cite: Cite;
  /** Between the margins, in twentieths of a point. */
  readonly textWidth: number;
}

/** A paragraph in the direction of its text. */
export function paragraphOf(
  runs: readonly Run[],
  options: Omit<IParagraphOptions, 'children' | 'text' | 'bidirectional'>,
  { typography, cite }: Pick<TextContext, 'typography' | 'cite'>,
): Paragraph {
  const text = runs.map((run) => run.text).join('');
  const isRightToLeft = runsRightToLeft(text, typography);
  return new Paragraph({
    ...options,
    ...(isRightToLeft ? { bidirectional: true } : {}),
    children: runs.flatMap((run) => [
      ...textRuns(run, isRightToLeft),
      ...(run.citations === undefined ? [] : cite(run.citations)),
    ]),
  });
}

function textRuns(run: Run, isParagraphRightToLeft: boolean): TextRun[] {
  return splitByDirection(cleanText(run.text), isParagraphRightToLeft).map(
    ({ text, isRightToLeft }) =>
      new TextRun({
        text,
        ...(run.isBold === true ? { bold: true } : {}),
        ...(run.isItalic === true ? { italics: true } : {}),
        ...(isRightToLeft ? { rightToLeft: true } : {}),
      }),
  );
}
