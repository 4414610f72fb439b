import type { Unit } from '#shared/domain/document.ts';
import { weighText } from '#shared/domain/tokens.ts';

/**
 * What should stay together. A `section` is a heading with all that is below it, a slide or a sheet: one that is too long for a chunk
 * does not share its chunks with its neighbours. A `group` is a table, what one speaker says or a paragraph with its notes: it stays
 * whole if it can and flows on if not.
 */
export interface Branch {
  readonly kind: 'section' | 'group';
  readonly children: Node[];
  /** Of all units below, see {@link weighText}. */
  weight: number;
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly unit: Unit;
  readonly weight: number;
}

export type Node = Branch | Leaf;

/** The units of a document as a tree of at most a dozen levels. */
export function outlineOf(units: readonly Unit[]): Branch {
  const root: Branch = { kind: 'section', children: [], weight: 0 };
  const open: { level: number; branch: Branch }[] = [{ level: -1, branch: root }];
  let group: { key: string; branch: Branch } | undefined;
  let place = '';
  for (const unit of units) {
    const here = placeKey(unit);
    const level = here === place ? levelOf(unit) : levels.place;
    place = here;
    if (level !== undefined) {
      while ((open.at(-1)?.level ?? -1) >= level) open.pop();
      const branch: Branch = { kind: 'section', children: [], weight: 0 };
      open.at(-1)?.branch.children.push(branch);
      open.push({ level, branch });
      group = undefined;
    }
    const inner = level === levels.place ? levelOf(unit) : undefined;
    if (inner !== undefined) openInside(open, inner);
    const key = groupKey(unit) ?? (isNote(unit) ? group?.key : undefined) ?? unit.id;
    if (group === undefined || group.key !== key) {
      group = { key, branch: { kind: 'group', children: [], weight: 0 } };
      open.at(-1)?.branch.children.push(group.branch);
    }
    const weight = weighText(unit.text);
    group.branch.children.push({ kind: 'leaf', unit, weight });
    group.branch.weight += weight;
    for (const { branch } of open) branch.weight += weight;
  }
  return root;
}

/** Slides and sheets are above all headings in them. */
const levels = { place: 0 } as const;

function openInside(open: { level: number; branch: Branch }[], level: number): void {
  const branch: Branch = { kind: 'section', children: [], weight: 0 };
  open.at(-1)?.branch.children.push(branch);
  open.push({ level, branch });
}

function levelOf({ kind, level = 1 }: Unit): number | undefined {
  if (kind === 'title') return 1;
  return kind === 'heading' ? Math.max(1, level) + 1 : undefined;
}

function placeKey({ locator }: Unit): string {
  if (locator.kind === 'slide') return `slide ${locator.slide}`;
  return locator.kind === 'sheet' ? `sheet ${locator.sheet}` : '';
}

function groupKey({ kind, table, author }: Unit): string | undefined {
  if (table !== undefined) return `table ${table.table}`;
  return kind === 'cue' && author !== undefined ? `speaker ${author}` : undefined;
}

/** They belong to the unit in front of them. */
function isNote({ kind }: Unit): boolean {
  return kind === 'footnote' || kind === 'comment' || kind === 'speaker-notes';
}
