import type { Unit, UnitKind } from '#shared/domain/document.ts';
import { type DocumentId, unitIdOf } from '#shared/domain/ids.ts';
import type { Locator } from '#shared/domain/locator.ts';

/** A locator before its heading path is known. */
export type Place = Locator extends infer Each
  ? Each extends Locator
    ? Omit<Each, 'headingPath'>
    : never
  : never;

export interface NewUnit extends Omit<Unit, 'id' | 'text' | 'locator' | 'kind'> {
  readonly kind: UnitKind;
  /** White space is collapsed here; a unit without any text is not added. */
  readonly text: string;
  readonly place: Place;
}

/** Collects the units of a document in reading order, numbers them and keeps track of the headings above them. */
export interface UnitList {
  readonly documentId: DocumentId;
  add(unit: NewUnit): Unit | undefined;
  /** Forgets the headings above, where something new begins that stands under none of them: a slide, a footer. */
  leaveHeadings(): void;
  /** Texts of the headings above the next unit, unless that is a heading itself. */
  headingPath(): string[];
  readonly units: readonly Unit[];
}

const longestHeading = 500;

export function createUnitList(documentId: DocumentId): UnitList {
  const units: Unit[] = [];
  const headings: { level: number; text: string }[] = [];

  return {
    documentId,
    units,
    headingPath: () => headings.map((heading) => heading.text),
    add(added) {
      const text = collapseWhiteSpace(added.text);
      if (text === '') return undefined;
      const { kind, level = 1, place } = added;
      if (kind === 'heading') {
        while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
      }
      const headingPath = headings.map((heading) => heading.text);
      const unit: Unit = Object.assign(detailsOf(added), {
        id: unitIdOf(documentId, units.length + 1),
        text,
        locator: Object.assign({}, place, { headingPath }),
      });
      if (kind === 'heading') headings.push({ level, text: clip(text) });
      units.push(unit);
      return unit;
    },
    leaveHeadings() {
      headings.length = 0;
    },
  };
}

/** By hand, and added to with `Object.assign`: patterns of rest and spread take five times as long, and a table has a unit for every row. */
function detailsOf<Added extends NewUnit>(added: Added): Omit<Added, 'place' | 'text'> {
  const details: Partial<Added> = {};
  for (const key in added) if (key !== 'place' && key !== 'text') details[key] = added[key];
  return details as Added;
}

/** Every unit below carries the heading, so one of a million characters would multiply. */
function clip(heading: string): string {
  return heading.length <= longestHeading ? heading : `${heading.slice(0, longestHeading)}…`;
}

/** One space for every run of white space (no-break spaces included), none at the ends. Soft hyphens and zero-width marks go. */
export function collapseWhiteSpace(text: string): string {
  return isUntidy.test(text) ? tidy(text) : text;
}

/** Nearly all text is tidy, and to see that costs a fraction of writing it anew. */
const isUntidy = /^ | $| {2}|[^\S ]|[\u00ad\u200b\u2060\ufeff]/;

function tidy(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}
