import type { DocumentWarning } from '#shared/domain/document.ts';

/** Collects the warnings of a file: places with the same message become one warning that counts them. */
export interface Notices {
  add(warning: Notice): void;
  readonly warnings: () => readonly DocumentWarning[];
}

export interface Notice extends Omit<DocumentWarning, 'count'> {
  /** 1 where it is missing; nothing is added for 0. */
  readonly count?: number;
}

/** The locator of a warning is that of its first place. */
export function createNotices(): Notices {
  const found = new Map<string, DocumentWarning>();
  return {
    add({ count = 1, ...notice }) {
      if (count === 0) return;
      const key = `${notice.code} ${notice.message}`;
      const before = found.get(key);
      found.set(key, { ...(before ?? notice), count: (before?.count ?? 0) + count });
    },
    warnings: () => [...found.values()],
  };
}
