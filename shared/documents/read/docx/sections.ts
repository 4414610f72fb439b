import { childOf, type XmlElement } from '../../xml.ts';
import { toggleOf } from './xml.ts';

/** Follows the sections of a document (`w:sectPr`) for what they show at the top and foot of their pages. */
export interface Sections {
  add(properties: XmlElement): void;
  /** Ids of the relationships to headers and footers that at least one page may show. */
  shownIds(): ReadonlySet<string>;
}

/**
 * A section without a reference of some type shows what the one before shows. Headers of first pages are shown only where a section
 * asks for them (`w:titlePg`), those of even pages only where the settings do (ECMA-376 part 1, 17.10).
 */
export function createSections(settings: XmlElement | undefined): Sections {
  const hasEven = toggleOf(childOf(settings, 'w:evenAndOddHeaders')) ?? false;
  const current = new Map<string, { readonly type: string; readonly id: string }>();
  const shown = new Set<string>();
  return {
    add(properties) {
      for (const { name, attributes } of properties.children) {
        if (name !== 'w:headerReference' && name !== 'w:footerReference') continue;
        const { 'w:type': type = 'default', 'r:id': id = '' } = attributes;
        current.set(`${name} ${type}`, { type, id });
      }
      const hasFirst = toggleOf(childOf(properties, 'w:titlePg')) ?? false;
      const isShown = (type: string) =>
        type === 'default' || (type === 'first' ? hasFirst : hasEven);
      for (const { type, id } of current.values()) if (isShown(type)) shown.add(id);
    },
    shownIds: () => shown,
  };
}
