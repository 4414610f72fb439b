import type { Bullet, Bullets, Slide } from '#shared/domain/presentation.ts';
import { cleanText } from '../clean-text.ts';
import type { WarningTally } from '../written-file.ts';
import { heightOfBullet, lettersIn, type Room, roomOf, splitRuns, type TextSizes } from './fit.ts';
import { layOutTable, type TablePage } from './table-pages.ts';
import type { Placeholder, TemplateLayouts } from './template-layouts.ts';

/** Bullets that fit their place. */
export interface BulletPage {
  readonly items: readonly Bullet[];
  readonly isOrdered: boolean;
  /** Number of the first item of the outermost level. */
  readonly startAt: number;
  readonly scale: number;
}

/** A slide that holds what it shows. */
export type PagedSlide = { readonly title: string; readonly notes: readonly string[] } & (
  | { readonly kind: 'title' | 'section'; readonly text: string | undefined }
  | { readonly kind: 'bullets'; readonly columns: readonly (BulletPage | undefined)[] }
  | { readonly kind: 'table'; readonly page: TablePage }
  | Extract<Slide, { kind: 'chart' }>
);

export interface PageContext {
  readonly layouts: TemplateLayouts;
  readonly warnings: WarningTally;
  readonly isRightToLeft: boolean;
}

/** Longer titles would leave their place; the whole then stands in the notes. */
const maxTitleLength = 160;

/** Shares a slide out over as many as it needs. The further ones have the title with a number. */
export function paginate(slide: Slide, context: PageContext): PagedSlide[] {
  const title = cleanText(slide.title).trim();
  const { notes = [] } = slide;
  const isTooLong = title.length > maxTitleLength;
  if (isTooLong) context.warnings.add('text_cut');
  const shown = isTooLong ? `${title.slice(0, maxTitleLength).replace(/\s+\S*$/, '')} …` : title;
  const pages = pagesOf(slide, context);
  if (pages.length > 1) context.warnings.add('slide_split');
  return pages.map((page, index) => ({
    ...page,
    title: index === 0 ? shown : `${shown} (${index + 1})`,
    notes: index === 0 ? [...(isTooLong ? [title] : []), ...notes] : [],
  }));
}

function pagesOf(slide: Slide, context: PageContext): PagedSlide[] {
  const rest = { title: '', notes: [] };
  switch (slide.kind) {
    case 'title':
      return [{ ...rest, kind: 'title', text: slide.subtitle }];
    case 'section':
      return [{ ...rest, kind: 'section', text: slide.text }];
    case 'bullets': {
      const [place] = context.layouts.of('content').bodies;
      const pages = bulletPages(slide.content, place);
      return pages.map((page) => ({ ...rest, kind: 'bullets', columns: [page] }));
    }
    case 'two-columns':
      return twoColumnPages(slide, context).map((columns) => ({
        ...rest,
        kind: 'bullets',
        columns,
      }));
    case 'table':
      return layOutTable(slide, context.layouts.bodyFrame).map((page) => ({
        ...rest,
        kind: 'table',
        page,
      }));
    case 'chart':
      return [{ ...slide, notes: [] }];
  }
}

function twoColumnPages(
  { left, right }: Extract<Slide, { kind: 'two-columns' }>,
  { layouts }: PageContext,
): (BulletPage | undefined)[][] {
  const [first, second] = layouts.of('two-columns').bodies;
  const leftPages = bulletPages(left, first);
  // A template without such a layout shows one column after the other.
  if (second === undefined)
    return [...leftPages, ...bulletPages(right, first)].map((page) => [page]);
  const rightPages = bulletPages(right, second);
  const count = Math.max(leftPages.length, rightPages.length);
  return Array.from({ length: count }, (_, index) => [leftPages[index], rightPages[index]]);
}

const scales = [1, 0.9, 0.8, 0.7, 0.6, 0.5] as const;
/** In points: below the first, a list is not made smaller to fit one slide; of several, each has about the second. */
const listSizes = { least: 16, split: 18 } as const;

/** Bullets in one page if they fit when made smaller, else in several. */
export function bulletPages(
  { items, isOrdered = false }: Bullets,
  place: Placeholder | undefined,
): BulletPage[] {
  const sizes = place?.sizes ?? [];
  const room = place === undefined ? { width: 0, height: 0 } : roomOf(place.frame);
  const [size = listSizes.split] = sizes;
  const readable = scales.filter((scale) => scale === 1 || size * scale >= listSizes.least);
  const fitting = readable.find((scale) => heightOf(items, room, { sizes, scale }) <= room.height);
  if (fitting !== undefined) return [{ items, isOrdered, startAt: 1, scale: fitting }];

  const splitScale = readable.find((scale) => size * scale <= listSizes.split) ?? 1;
  const text = { sizes, scale: splitScale };
  const pieces = items.flatMap((item) => piecesOf(item, room, text));
  const pages: BulletPage[] = [];
  let startAt = 1;
  for (const page of fill(pieces, room, text)) {
    pages.push({ items: page, isOrdered, startAt, scale: splitScale });
    startAt += page.filter(({ level }) => level === 0).length;
  }
  return pages;
}

function heightOf(items: readonly Bullet[], room: Room, text: TextSizes): number {
  return items.reduce((sum, item) => sum + heightOfBullet(item, room, text), 0);
}

/** A bullet that no slide could hold goes on in the next one. */
function piecesOf(item: Bullet, room: Room, text: TextSizes): Bullet[] {
  if (heightOfBullet(item, room, text) <= room.height) return [item];
  const size = (text.sizes[item.level] ?? 14) * text.scale;
  const narrow = { width: room.width - 27 * (item.level + 1), height: room.height * 0.9 };
  return splitRuns(item.runs, lettersIn(narrow, size)).map((runs) => ({ ...item, runs }));
}

function fill(items: readonly Bullet[], room: Room, text: TextSizes): Bullet[][] {
  const pages: Bullet[][] = [];
  let page: Bullet[] = [];
  let height = 0;
  for (const item of items) {
    const own = heightOfBullet(item, room, text);
    if (height + own > room.height && page.length > 0) {
      const moved = headingsAtEnd(page, item);
      pages.push(page.slice(0, page.length - moved.length));
      page = moved;
      height = heightOf(moved, room, text);
    }
    page.push(item);
    height += own;
  }
  return [...pages, page];
}

/** The line that the next one belongs to goes with it, unless it has the slide for itself. */
function headingsAtEnd(page: readonly Bullet[], next: Bullet): Bullet[] {
  const last = page.at(-1);
  return last !== undefined && last.level < next.level && page.length > 1 ? [last] : [];
}
