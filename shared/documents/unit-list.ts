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
    add({ place, text: rawText, ...rest }) {
      const text = collapseWhiteSpace(rawText);
      if (text === '') return undefined;
      const level = rest.level ?? 1;
      if (rest.kind === 'heading') {
        while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
      }
      const headingPath = headings.map((heading) => heading.text);
      const unit: Unit = {
        ...rest,
        id: unitIdOf(documentId, units.length + 1),
        text,
        locator: { ...place, headingPath },
      };
      if (rest.kind === 'heading') headings.push({ level, text: clip(text) });
      units.push(unit);
      return unit;
    },
    leaveHeadings() {
      headings.length = 0;
    },
  };
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
