import type { TrackedChange } from '#shared/domain/document.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { firstIn } from './package.ts';

type Locator = TrackedChange['locator'];

/** Follows tracked changes (ODF 1.3, 5.5): regions stand at the start of the text, marks where they apply. */
export interface Changes {
  define(trackedChanges: XmlElement): void;
  /** Meets `text:change-start`, `text:change-end` or `text:change`. */
  see(mark: XmlElement, locator: Locator): void;
  addText(text: string): void;
  /** All changes, those without a mark at their end included; `locator` is for those without any mark. `deletions` says how many took text away. */
  finish(locator: Locator): {
    readonly changes: readonly TrackedChange[];
    readonly deletions: number;
  };
}

interface Region {
  readonly kind: TrackedChange['kind'];
  readonly author: string | undefined;
  readonly madeAt: string | undefined;
  readonly deletedText: string;
}

interface OpenChange {
  readonly region: Region;
  readonly locator: Locator;
  text: string;
}

/** Steps of collecting texts of changes that overlap, so that thousands of them around a long text stay cheap. */
const maxSteps = 2_000_000;

export function createChanges(): Changes {
  const regions = new Map<string, Region>();
  const open = new Map<string, OpenChange>();
  const changes: TrackedChange[] = [];
  let deletions = 0;
  let steps = 0;
  const close = (id: string) => {
    const change = open.get(id);
    if (change !== undefined) changes.push(changeOf(change.region, change.text, change.locator));
    open.delete(id);
  };
  const point = (region: Region, locator: Locator) => {
    if (region.kind === 'deletion') deletions += 1;
    changes.push(changeOf(region, region.deletedText, locator));
  };
  return {
    define(trackedChanges) {
      for (const element of trackedChanges.children) {
        const region = regionOf(element);
        const id = element.attributes['text:id'] ?? element.attributes['xml:id'];
        if (region !== undefined && id !== undefined) regions.set(id, region);
      }
    },
    see(mark, locator) {
      const id = mark.attributes['text:change-id'] ?? '';
      const region = regions.get(id);
      if (mark.name === 'text:change-end') {
        close(id);
      } else if (region !== undefined && mark.name === 'text:change-start') {
        open.set(id, { region, locator, text: '' });
      } else if (region !== undefined) {
        point(region, locator);
      }
      regions.delete(id);
    },
    addText(text) {
      if (open.size === 0 || steps > maxSteps) return;
      steps += open.size;
      for (const change of open.values()) change.text += text;
    },
    finish(locator) {
      for (const id of [...open.keys()]) close(id);
      for (const region of regions.values()) point(region, locator);
      return { changes, deletions };
    },
  };
}

function regionOf(element: XmlElement): Region | undefined {
  const change = element.children.find(({ name }) => kinds[name] !== undefined);
  const kind = kinds[change?.name ?? ''];
  if (change === undefined || kind === undefined) return undefined;
  const information = childOf(change, 'office:change-info');
  const deleted = change.children.filter((child) => child !== information);
  return {
    kind,
    author: firstIn(information, 'dc:creator')?.text,
    madeAt: firstIn(information, 'dc:date')?.text,
    deletedText: deleted.map(textIn).join(' '),
  };
}

const kinds: Readonly<Record<string, TrackedChange['kind']>> = {
  'text:insertion': 'insertion',
  'text:deletion': 'deletion',
  'text:format-change': 'formatting',
};

function textIn({ name, text, children }: XmlElement): string {
  if (spaces.has(name)) return ' ';
  const separator = name === 'text:p' || name === 'text:h' ? ' ' : '';
  return (children.length === 0 ? text : children.map(textIn).join('')) + separator;
}

const spaces = new Set(['text:s', 'text:tab', 'text:line-break']);

function changeOf({ kind, author, madeAt }: Region, text: string, locator: Locator): TrackedChange {
  return {
    kind,
    ...(author === undefined ? {} : { author }),
    ...(madeAt === undefined ? {} : { madeAt }),
    text: collapseWhiteSpace(text),
    locator,
  };
}
