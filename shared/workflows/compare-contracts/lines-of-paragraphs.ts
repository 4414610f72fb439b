import type { Document, Unit } from '#shared/domain/document.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import type { RedlineParagraph } from '#shared/domain/redline.ts';
import { labelUnits, type UnitLabel } from './label-units.ts';
import { fullTextOf, type Line, type Part, type Passage } from './lines.ts';
import { partOf } from './lines-of-units.ts';
import { placeInTables } from './outer-tables.ts';

/** The parts of a DOCX as redlines address them, with the units that each line holds. */
export function partsOfParagraphs(
  document: Document,
  paragraphs: readonly RedlineParagraph[],
): Part[] {
  const labels = labelUnits(document);
  return groupByPart(paragraphs).map((group) => {
    const drafts = draftLines(group.paragraphs);
    const units = document.units.filter((unit) => isIn(unit, group));
    return { kind: group.kind, story: group.story, lines: withUnits(drafts, units, labels) };
  });
}

interface Group extends Pick<Part, 'kind' | 'story'> {
  readonly paragraphs: RedlineParagraph[];
}

function groupByPart(paragraphs: readonly RedlineParagraph[]): Group[] {
  const groups = new Map<string, Group>();
  for (const paragraph of paragraphs) {
    const { part: kind, story = 1 } = paragraph.at;
    const group = groups.get(`${kind} ${story}`) ?? { kind, story, paragraphs: [] };
    groups.set(`${kind} ${story}`, group);
    group.paragraphs.push(paragraph);
  }
  return [...groups.values()];
}

function isIn(unit: Unit, { kind, story }: Group): boolean {
  const { locator } = unit;
  const isHere = partOf(unit) === kind;
  return isHere && locator.kind === 'docx' && (locator.story ?? 1) === story;
}

type Draft = Omit<Line, keyof UnitLabel | 'unitIds'> & {
  /** Numbers of its first and last paragraph. */
  readonly from: number;
  readonly to: number;
};

interface GrowingPassage extends Passage {
  readonly boxes: Passage[];
  hasNestedBoxes: boolean;
}

function draftLines(paragraphs: readonly RedlineParagraph[]): Draft[] {
  const outer = paragraphs.filter(({ boxOf }) => boxOf === undefined);
  const places = placeInTables(outer);
  const passages = outer.map(({ at, text }, index): GrowingPassage => {
    const cell = places[index]?.cell;
    const own = { text, at, boxes: [], hasNestedBoxes: false };
    return cell === undefined ? own : { ...own, cell };
  });
  hangBoxes(paragraphs, passages);
  const drafts: { kind: Line['kind']; place: string; table?: number; passages: Passage[] }[] = [];
  for (const [index, passage] of passages.entries()) {
    const place = places[index];
    const key = place === undefined ? '' : `${place.table} ${place.row}`;
    const last = drafts.at(-1);
    if (place === undefined) drafts.push({ kind: 'paragraph', place: '', passages: [passage] });
    else if (last?.place === key) last.passages.push(passage);
    else drafts.push({ kind: 'row', place: key, table: place.table, passages: [passage] });
  }
  return drafts.map(({ place: _, ...draft }) => finishDraft(draft));
}

/** Puts the paragraphs of text boxes to the outermost paragraph that they hang on. */
function hangBoxes(
  paragraphs: readonly RedlineParagraph[],
  passages: readonly GrowingPassage[],
): void {
  const byNumber = new Map(passages.map((passage) => [passage.at?.paragraph, passage] as const));
  const hosts = new Map<number, number>();
  for (const { at, text, boxOf } of paragraphs) {
    if (boxOf === undefined) continue;
    const host = hosts.get(boxOf) ?? boxOf;
    hosts.set(at.paragraph, host);
    const passage = byNumber.get(host);
    if (passage === undefined) continue;
    passage.boxes.push({ text, at, boxes: [], hasNestedBoxes: false });
    passage.hasNestedBoxes ||= host !== boxOf;
  }
}

function finishDraft(draft: Pick<Draft, 'kind' | 'table' | 'passages'>): Draft {
  const texts = draft.passages.map(fullTextOf);
  const numbers = draft.passages.flatMap(({ at, boxes }) => [
    at?.paragraph ?? 0,
    ...boxes.map((box) => box.at?.paragraph ?? 0),
  ]);
  return {
    ...draft,
    key: `${draft.kind}\u0000${draft.passages.map(({ text, cell, boxes }) => [cell ?? 0, text, ...boxes.map((box) => box.text)].join('\u0001')).join('\u0000')}`,
    text: texts.filter((text) => text !== '').join(draft.kind === 'row' ? ' | ' : '\n'),
    isEmpty: draft.kind === 'paragraph' && texts.every((text) => text === ''),
    from: Math.min(...numbers),
    to: Math.max(...numbers),
  };
}

function withUnits(
  drafts: readonly Draft[],
  units: readonly Unit[],
  labels: ReadonlyMap<UnitId, UnitLabel>,
): Line[] {
  const unitsOf = assignUnits(drafts, units);
  let clause = 'Opening';
  return drafts.map(({ from: _from, to: _to, ...draft }, index) => {
    const own = unitsOf.get(index) ?? [];
    const first = own[0];
    const label = first === undefined ? undefined : labels.get(first.id);
    clause = label?.clause ?? clause;
    return {
      ...draft,
      clause,
      position: label?.position ?? '',
      isHeading: label?.isHeading ?? false,
      style: label?.style ?? '',
      unitIds: own.map(({ id }) => id),
    };
  });
}

/**
 * Units by the line that holds them: the one at their paragraph if it says what they say, or else the next that does. The numbers differ
 * where the file has tracked changes, as those count as accepted here.
 */
function assignUnits(
  drafts: readonly Draft[],
  units: readonly Unit[],
): ReadonlyMap<number, readonly Unit[]> {
  const assigned = new Map<number, Unit[]>();
  const texts = drafts.map(({ text }) => squeeze(text));
  let after = 0;
  for (const unit of units) {
    const number = unit.locator.kind === 'docx' ? unit.locator.paragraph : 0;
    const here = lineAt(drafts, number);
    const found = holds(texts[here], unit) ? here : nextHolding(texts, unit, after);
    if (found === -1) continue;
    after = found;
    const list = assigned.get(found);
    if (list === undefined) assigned.set(found, [unit]);
    else list.push(unit);
  }
  return assigned;
}

function lineAt(drafts: readonly Draft[], paragraph: number): number {
  let low = 0;
  let high = drafts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((drafts[middle]?.from ?? 0) <= paragraph) low = middle;
    else high = middle - 1;
  }
  return low;
}

const maxLookAhead = 2_000;

function nextHolding(texts: readonly string[], unit: Unit, after: number): number {
  const window = texts.slice(after, after + maxLookAhead);
  const ahead = window.findIndex((text) => holds(text, unit));
  return ahead === -1 ? texts.findIndex((text) => holds(text, unit)) : after + ahead;
}

/** A unit may leave out what is hidden in its paragraph: its longest cell or its first words must do. */
function holds(text: string | undefined, { text: own, table }: Unit): boolean {
  const longest = table?.cells.reduce((one, other) => (other.length > one.length ? other : one));
  const telling = squeeze(longest ?? own).slice(0, 24);
  return telling !== '' && text?.includes(telling) === true;
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, '');
}
