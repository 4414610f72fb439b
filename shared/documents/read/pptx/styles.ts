import { childOf, type XmlElement } from '../../xml.ts';

/** What one level of a list style says about bullets. */
export interface LevelStyle {
  /** `a:buNone`, `a:buChar`, `a:buAutoNum` or `a:buBlip`. */
  readonly bullet?: XmlElement;
  readonly font?: string;
}

/** A list style by level, from 0. */
type ListStyle = readonly (LevelStyle | undefined)[];

/** List styles, the one that decides first. */
export type StyleChain = readonly ListStyle[];

/** `a:lstStyle`, one of `p:txStyles`, or `p:defaultTextStyle`. */
export function listStyleOf(element: XmlElement | undefined): ListStyle {
  if (element === undefined) return [];
  const levels: (LevelStyle | undefined)[] = [];
  for (const child of element.children) {
    const level = /^a:lvl([1-9])pPr$/.exec(child.name)?.[1];
    if (level !== undefined) levels[Number(level) - 1] = levelStyleOf(child);
  }
  return levels;
}

/** The properties of a paragraph or of a level. */
export function levelStyleOf(properties: XmlElement | undefined): LevelStyle {
  const bullet = properties?.children.find(({ name }) => bulletNames.has(name));
  const font = childOf(properties, 'a:buFont')?.attributes['typeface'];
  return { ...(bullet === undefined ? {} : { bullet }), ...(font === undefined ? {} : { font }) };
}

export function firstInChain<T>(
  chain: StyleChain,
  level: number,
  read: (style: LevelStyle) => T | undefined,
): T | undefined {
  for (const style of chain) {
    const own = style[level];
    const value = own === undefined ? undefined : read(own);
    if (value !== undefined) return value;
  }
  return undefined;
}

const bulletNames = new Set(['a:buNone', 'a:buChar', 'a:buAutoNum', 'a:buBlip']);
