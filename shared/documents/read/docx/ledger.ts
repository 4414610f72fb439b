import type { HiddenText, TrackedChange } from '#shared/domain/document.ts';
import type { Place } from '../../unit-list.ts';

/** What stands beside the units: hidden text and tracked changes. */
export interface Ledger {
  addHidden(text: string, place: Place): void;
  addChange(change: Omit<TrackedChange, 'locator'>, place: Place): void;
  /** Gives what was added since the last time its headings. They are known only once the paragraph or row has become a unit. */
  settle(headingPath: () => string[]): void;
  readonly hidden: readonly HiddenText[];
  readonly changes: readonly TrackedChange[];
}

export function createLedger(): Ledger {
  const hidden: HiddenText[] = [];
  const changes: TrackedChange[] = [];
  let open: { headingPath: string[] }[] = [];
  const locate = (place: Place) => {
    const locator = { ...place, headingPath: [] };
    open.push(locator);
    return locator;
  };
  return {
    hidden,
    changes,
    addHidden(text, place) {
      hidden.push({ text, locator: locate(place) });
    },
    addChange(change, place) {
      changes.push({ ...change, locator: locate(place) });
    },
    settle(headingPath) {
      if (open.length === 0) return;
      const path = headingPath();
      for (const locator of open) locator.headingPath = path;
      open = [];
    },
  };
}
