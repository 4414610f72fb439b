import { QuireError } from '#shared/domain/errors.ts';
import { childOf, parseXml, type XmlElement } from '../../xml.ts';
import type { TemplatePackage } from '../template-package.ts';
import type { Frame } from './markup.ts';

/** A place for text on a layout. */
export interface Placeholder {
  /** Attributes of `p:ph`, by which a slide names the place. */
  readonly type: string | undefined;
  readonly index: string | undefined;
  readonly frame: Frame;
  /** Points of text by level. */
  readonly sizes: readonly number[];
}

/** A layout with the places that slides fill. */
export interface SlideLayout {
  readonly part: string;
  readonly title: Placeholder | undefined;
  readonly bodies: readonly Placeholder[];
  readonly number: Placeholder | undefined;
}

export type LayoutRole = 'title' | 'section' | 'content' | 'two-columns' | 'title-only';

export interface TemplateLayouts {
  of(role: LayoutRole): SlideLayout;
  /** Where content stands below a title. */
  readonly bodyFrame: Frame;
}

interface NamedLayout extends SlideLayout {
  readonly type: string;
  readonly name: string;
}

/** Finds the layouts of the first master by type, then by name, then by their places. */
export function readLayouts(template: TemplatePackage): TemplateLayouts {
  const layouts = layoutsOf(template);
  const content =
    find(layouts, { types: ['obj', 'tx'], name: /content|inhalt|contenu|contenido/i, bodies: 1 }) ??
    layouts.find((layout) => layout.title !== undefined && layout.bodies.some(isForContent));
  const body = content?.bodies.find(isForContent);
  if (content === undefined || body === undefined) throw withoutLayout();
  const titleOnly = find(layouts, {
    types: ['titleOnly'],
    name: /title only|nur titel/i,
    bodies: 0,
  });
  const title = find(layouts, { types: ['title'], name: /title slide|titelfolie/i, bodies: 1 });
  const section = find(layouts, { types: ['secHead'], name: /section|abschnitt/i, bodies: 1 });
  const two = find(layouts, { types: ['twoObj'], name: /two|zwei|2/i, bodies: 2 });
  const byRole: Readonly<Record<LayoutRole, SlideLayout>> = {
    title: title ?? content,
    section: section ?? title ?? content,
    content,
    'two-columns': two ?? content,
    'title-only': titleOnly ?? content,
  };
  return { of: (role) => byRole[role], bodyFrame: body.frame };
}

interface Wanted {
  readonly types: readonly string[];
  readonly name: RegExp;
  readonly bodies: number;
}

function find(layouts: readonly NamedLayout[], wanted: Wanted): NamedLayout | undefined {
  const usable = layouts.filter(
    ({ title, bodies }) => title !== undefined && bodies.length >= wanted.bodies,
  );
  return (
    usable.find(({ type }) => wanted.types.includes(type)) ??
    usable.find(({ name }) => wanted.name.test(name))
  );
}

/** The line below the title of a title slide is too small for lists and tables. */
function isForContent({ type }: Placeholder): boolean {
  return type !== 'subTitle';
}

function withoutLayout(): QuireError {
  return new QuireError(
    'unsupported_format',
    'Expected a template with a layout that has a title and a place for content, got none. Add one to its master.',
  );
}

function layoutsOf(template: TemplatePackage): NamedLayout[] {
  const { file, mainPart } = template;
  const [masterPart] = inOrder(template, mainPart, 'slideMaster');
  if (masterPart === undefined) throw withoutLayout();
  const master = read(template, masterPart);
  const styles = childOf(master, 'p:txStyles');
  const context: MasterContext = {
    places: placesOf(master),
    titleStyle: childOf(styles, 'p:titleStyle'),
    bodyStyle: childOf(styles, 'p:bodyStyle'),
  };
  const parts = inOrder(template, masterPart, 'slideLayout');
  return parts.flatMap((part) =>
    file.read(part) === undefined ? [] : [layoutOf(part, read(template, part), context)],
  );
}

const orderedLists: Readonly<Record<string, string>> = {
  slideMaster: 'p:sldMasterIdLst',
  slideLayout: 'p:sldLayoutIdLst',
};

/** Parts in the order in which the owner lists them, which is the one people see. */
function inOrder(template: TemplatePackage, owner: string, type: string): string[] {
  const list = childOf(read(template, owner), orderedLists[type] ?? '');
  const links = template.file.relationshipsOf(owner);
  return (list?.children ?? []).flatMap(({ attributes }) =>
    links.filter((link) => link.id === attributes['r:id']).map(({ target }) => target),
  );
}

function read({ file }: TemplatePackage, part: string): XmlElement {
  const bytes = file.read(part);
  if (bytes === undefined) throw withoutLayout();
  return parseXml(bytes);
}

interface Place {
  readonly type: string | undefined;
  readonly index: string | undefined;
  readonly frame: Frame | undefined;
  readonly style: XmlElement | undefined;
}

interface MasterContext {
  readonly places: readonly Place[];
  readonly titleStyle: XmlElement | undefined;
  readonly bodyStyle: XmlElement | undefined;
}

function placesOf(root: XmlElement): Place[] {
  const tree = childOf(childOf(root, 'p:cSld'), 'p:spTree');
  return (tree?.children ?? []).flatMap((shape) => {
    const [properties] = shape.children;
    const placeholder = childOf(childOf(properties, 'p:nvPr'), 'p:ph');
    if (shape.name !== 'p:sp' || placeholder === undefined) return [];
    const { type, idx: index } = placeholder.attributes;
    const style = childOf(childOf(shape, 'p:txBody'), 'a:lstStyle');
    return [{ type, index, frame: frameOf(childOf(shape, 'p:spPr')), style }];
  });
}

function frameOf(properties: XmlElement | undefined): Frame | undefined {
  const xfrm = childOf(properties, 'a:xfrm');
  const offset = childOf(xfrm, 'a:off')?.attributes;
  const extent = childOf(xfrm, 'a:ext')?.attributes;
  if (offset === undefined || extent === undefined) return undefined;
  return {
    x: Number(offset['x']),
    y: Number(offset['y']),
    width: Number(extent['cx']),
    height: Number(extent['cy']),
  };
}

const titleTypes: ReadonlySet<string | undefined> = new Set(['title', 'ctrTitle']);
const bodyTypes: ReadonlySet<string | undefined> = new Set(['body', 'obj', 'subTitle', undefined]);

function layoutOf(part: string, root: XmlElement, master: MasterContext): NamedLayout {
  const places = placesOf(root);
  const placeholders = (wanted: (place: Place) => boolean, style: XmlElement | undefined) =>
    places.filter(wanted).flatMap((place) => {
      const inherited = master.places.find((each) => isBaseOf(each, place));
      const frame = place.frame ?? inherited?.frame;
      if (frame === undefined) return [];
      const sizes = sizesOf([style, inherited?.style, place.style]);
      return [{ type: place.type, index: place.index, frame, sizes }];
    });
  const bodies = placeholders(({ type }) => bodyTypes.has(type), master.bodyStyle);
  return {
    part,
    type: root.attributes['type'] ?? '',
    name: childOf(root, 'p:cSld')?.attributes['name'] ?? '',
    title: placeholders(({ type }) => titleTypes.has(type), master.titleStyle)[0],
    // From left to right, as they are read.
    bodies: bodies.toSorted((left, right) => left.frame.x - right.frame.x),
    number: placeholders(({ type }) => type === 'sldNum', undefined)[0],
  };
}

function isBaseOf(base: Place, { type }: Place): boolean {
  if (titleTypes.has(type)) return titleTypes.has(base.type);
  return bodyTypes.has(type) ? base.type === 'body' : base.type === type;
}

const usualSizes = [20, 18, 16, 14, 14] as const;

/** The last style that names a size for a level wins. */
function sizesOf(styles: readonly (XmlElement | undefined)[]): number[] {
  return usualSizes.map((usual, level) => {
    const sizes = styles.map((style) => {
      const run = childOf(childOf(style, `a:lvl${level + 1}pPr`), 'a:defRPr');
      return Number(run?.attributes['sz'] ?? Number.NaN) / 100;
    });
    return sizes.findLast((size) => size > 0) ?? usual;
  });
}
