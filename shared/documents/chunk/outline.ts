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
  const growing = createGrowing();
  let place = '';
  for (const unit of units) {
    const here = placeKey(unit);
    if (here !== place) growing.openSection(placeLevel);
    place = here;
    const level = levelOf(unit);
    if (level !== undefined) growing.openSection(level);
    growing.add(unit);
  }
  return growing.root;
}

/** Slides and sheets are above all headings in them. */
const placeLevel = 0;

function createGrowing() {
  const root = emptyBranch('section');
  const open: { level: number; branch: Branch }[] = [{ level: -1, branch: root }];
  let group: { key: string; branch: Branch } | undefined;
  const groupOf = (unit: Unit): Branch => {
    const key = groupKey(unit) ?? (isNote(unit) ? group?.key : undefined) ?? unit.id;
    if (group?.key === key) return group.branch;
    group = { key, branch: emptyBranch('group') };
    open.at(-1)?.branch.children.push(group.branch);
    return group.branch;
  };
  return {
    root,
    /** Ends the sections of the same and of lower levels. */
    openSection(level: number): void {
      while ((open.at(-1)?.level ?? -1) >= level) open.pop();
      const branch = emptyBranch('section');
      open.at(-1)?.branch.children.push(branch);
      open.push({ level, branch });
      group = undefined;
    },
    add(unit: Unit): void {
      const weight = weighText(unit.text);
      const branch = groupOf(unit);
      branch.children.push({ kind: 'leaf', unit, weight });
      for (const each of [branch, ...open.map((section) => section.branch)]) each.weight += weight;
    },
  };
}

function emptyBranch(kind: Branch['kind']): Branch {
  return { kind, children: [], weight: 0 };
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
