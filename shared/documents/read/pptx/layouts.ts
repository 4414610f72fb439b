import { childOf, type XmlElement } from '../../xml.ts';
import type { Placeholder } from './deck.ts';
import type { Part, Parts, SlideTally } from './parts.ts';
import { placeholderOf } from './shapes.ts';
import { listStyleOf, type StyleChain } from './styles.ts';

/** What slides take from layouts and masters. */
export interface Layouts {
  /** The list styles of shapes on a slide or a notes page, by the layout or master that it is made from. */
  stylesOn(page: Part): (placeholder: Placeholder | undefined) => StyleChain;
}

/**
 * Texts in the placeholders of layouts and masters are prompts that no slide shows. Other text on them shows on every slide; it is counted
 * once for each layout and master that is used.
 */
export function createLayouts(
  parts: Parts,
  defaultStyle: XmlElement | undefined,
  tally: SlideTally,
): Layouts {
  const defaults = listStyleOf(defaultStyle);
  const known = new Map<string, Template | undefined>();
  /** A layout has a master and a master has nothing below it, whatever else the file says. */
  const templateOf = (page: Part, type: TemplateType): Template | undefined => {
    const [name] = page.targetsOf(type);
    if (name === undefined || known.has(name)) return known.get(name ?? '');
    const part = parts.lookUp(name);
    const base =
      type === 'slideLayout' && part !== undefined ? templateOf(part, 'slideMaster') : undefined;
    const template = part === undefined ? undefined : readTemplate(part, base);
    known.set(name, template);
    return template;
  };
  return {
    stylesOn(page) {
      const template = templateOf(
        page,
        page.root.name === 'p:notes' ? 'notesMaster' : 'slideLayout',
      );
      if (showsMaster(page)) countText(template, tally);
      return (placeholder) =>
        placeholder === undefined ? [defaults] : [...chainOf(placeholder, template), defaults];
    },
  };
}

type TemplateType = 'slideLayout' | 'slideMaster' | 'notesMaster';

/** A layout or a master. */
interface Template {
  readonly base: Template | undefined;
  readonly placeholders: readonly { readonly role: Placeholder; readonly styles: StyleChain }[];
  readonly textStyles: { readonly [kind in TextKind]: StyleChain };
  readonly showsBase: boolean;
  /** Paragraphs with text outside of placeholders that are not counted yet. */
  uncounted: number;
}

type TextKind = 'p:titleStyle' | 'p:bodyStyle' | 'p:otherStyle';

function readTemplate(part: Part, base: Template | undefined): Template {
  const { root } = part;
  const tree = childOf(childOf(root, 'p:cSld'), 'p:spTree');
  return {
    base,
    placeholders: tree === undefined ? [] : placeholdersIn(tree),
    textStyles: {
      'p:titleStyle': textStyleOf(root, 'p:titleStyle'),
      'p:bodyStyle': textStyleOf(root, 'p:bodyStyle'),
      'p:otherStyle': textStyleOf(root, 'p:otherStyle'),
    },
    showsBase: showsMaster(part),
    uncounted: tree === undefined ? 0 : countFreeText(tree),
  };
}

function textStyleOf(root: XmlElement, kind: TextKind): StyleChain {
  const style =
    kind === 'p:bodyStyle' && root.name === 'p:notesMaster'
      ? childOf(root, 'p:notesStyle')
      : childOf(childOf(root, 'p:txStyles'), kind);
  return style === undefined ? [] : [listStyleOf(style)];
}

function placeholdersIn(tree: XmlElement): Template['placeholders'] {
  return tree.children.flatMap((shape) => {
    const role = shape.name === 'p:sp' ? placeholderOf(shape) : undefined;
    if (role === undefined) return [];
    const style = childOf(childOf(shape, 'p:txBody'), 'a:lstStyle');
    return [{ role, styles: [listStyleOf(style)] }];
  });
}

function countFreeText(tree: XmlElement): number {
  let count = 0;
  for (const child of tree.children) {
    if (child.name === 'p:sp' && placeholderOf(child) !== undefined) continue;
    const isParagraph = child.name === 'a:p';
    count += isParagraph ? Number(hasText(child)) : countFreeText(child);
  }
  return count;
}

function hasText({ name, text, children }: XmlElement): boolean {
  return (name === 'a:t' && text.trim() !== '') || children.some(hasText);
}

function showsMaster({ root }: Part): boolean {
  return !['0', 'false'].includes(root.attributes['showMasterSp'] ?? '1');
}

function countText(template: Template | undefined, tally: SlideTally): void {
  if (template === undefined) return;
  tally.add('layoutText', template.uncounted);
  template.uncounted = 0;
  if (template.showsBase) countText(template.base, tally);
}

/** A slide's placeholder belongs to the layout's of the same index, a layout's to the master's of the same type or kind. */
function chainOf(role: Placeholder, template: Template | undefined): StyleChain {
  const kind = textKindOf(role.type);
  const styles: StyleChain[number][] = [];
  for (let at = template; at !== undefined; at = at.base) {
    const { placeholders, textStyles, base } = at;
    const ofKind = placeholders.filter((each) => textKindOf(each.role.type) === kind);
    const match =
      (base === undefined ? undefined : ofKind.find((each) => each.role.index === role.index)) ??
      ofKind.find((each) => each.role.type === role.type) ??
      (base === undefined ? ofKind[0] : undefined);
    styles.push(...(match?.styles ?? []));
    if (base === undefined) styles.push(...textStyles[kind]);
  }
  return styles;
}

function textKindOf(type: string): TextKind {
  if (type === 'title' || type === 'ctrTitle') return 'p:titleStyle';
  return ['dt', 'ftr', 'sldNum', 'hdr'].includes(type) ? 'p:otherStyle' : 'p:bodyStyle';
}
