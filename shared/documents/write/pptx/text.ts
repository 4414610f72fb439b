import type { Bullet } from '#shared/domain/presentation.ts';
import type { Run } from '#shared/domain/report.ts';
import { cleanText } from '../clean-text.ts';
import { runsRightToLeft, type Typography } from '../script.ts';
import { element, escapeXml } from '../xml-writer.ts';
import type { BulletPage } from './paginate.ts';

export interface TextContext {
  readonly typography: Typography;
  /** Numbers of citations, as the list of sources has them. */
  readonly cite: (ids: readonly string[]) => readonly number[];
}

/** How a paragraph differs from what its place says. */
export interface ParagraphLook {
  readonly level?: number;
  /** Element of the bullet, or nothing. */
  readonly bullet?: string;
  readonly isAtEnd?: boolean;
  /** In points. */
  readonly size?: number;
  readonly isBold?: boolean;
}

/** A paragraph in the direction of its text (ISO 29500-1, 21.1.2.2.6). */
export function paragraphXml(
  runs: readonly Run[],
  look: ParagraphLook,
  context: TextContext,
): string {
  const text = runs.map((run) => run.text).join('');
  const { typography } = context;
  const isRightToLeft = runsRightToLeft(text, typography);
  const isAgainstPage = isRightToLeft !== typography.isRightToLeft;
  const properties = element(
    'a:pPr',
    {
      lvl: look.level === undefined || look.level === 0 ? undefined : look.level,
      algn: alignmentOf(look, { isRightToLeft, isAgainstPage }),
      rtl: isAgainstPage ? isRightToLeft : undefined,
    },
    look.bullet ?? '',
  );
  const sz = look.size === undefined ? undefined : Math.round(look.size * 100);
  const written = runs.flatMap((run) => runXml(run, { ...look, sz }, context));
  if (written.length > 0) return element('a:p', {}, properties, ...written);
  return element(
    'a:p',
    {},
    properties,
    element('a:endParaRPr', { lang: typography.languages.value, sz }),
  );
}

function alignmentOf(
  { isAtEnd }: ParagraphLook,
  { isRightToLeft, isAgainstPage }: { isRightToLeft: boolean; isAgainstPage: boolean },
): string | undefined {
  if (isAtEnd === true) return isRightToLeft ? 'l' : 'r';
  if (!isAgainstPage) return undefined;
  return isRightToLeft ? 'r' : 'l';
}

function runXml(
  run: Run,
  look: { readonly sz: number | undefined; readonly isBold?: boolean },
  { typography, cite }: TextContext,
): string[] {
  const { languages } = typography;
  const attributes = {
    lang: languages.bidirectional ?? languages.eastAsia ?? languages.value,
    sz: look.sz,
    b: run.isBold === true || look.isBold === true || undefined,
    i: run.isItalic === true || undefined,
  };
  const text = cleanText(run.text);
  const marks = cite(run.citations ?? []).map((number) => `[${number}]`);
  return [
    ...(text === '' ? [] : [textRun(text, attributes)]),
    ...(marks.length === 0 ? [] : [textRun(marks.join(''), { ...attributes, baseline: 30_000 })]),
  ];
}

function textRun(text: string, attributes: Parameters<typeof element>[1]): string {
  return element('a:r', {}, element('a:rPr', attributes), element('a:t', {}, escapeXml(text)));
}

/** Paragraphs of a list. Bullets are those of the place; numbers are set here. */
export function bulletsXml(page: BulletPage, context: TextContext): string[] {
  const numbers = page.isOrdered
    ? `<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"${page.startAt > 1 ? ` startAt="${page.startAt}"` : ''}/>`
    : '';
  return page.items.map(({ level, runs }: Bullet) =>
    paragraphXml(runs, { level, bullet: level === 0 ? numbers : '' }, context),
  );
}
