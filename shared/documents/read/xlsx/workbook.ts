import type { OpcPackage, Relationship } from '../../opc.ts';
import { childOf, parseXml, type XmlElement } from '../../xml.ts';

/** A tab of the workbook. */
export interface WorkbookSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** `worksheet`, `chartsheet`, `dialogsheet` or `xlMacrosheet`; empty where the part is missing. */
  readonly type: string;
  readonly part: string;
}

/** What the main part says about the workbook (ECMA-376 part 1, 18.2). */
export interface Workbook {
  /** In the order of the tabs. */
  readonly sheets: readonly WorkbookSheet[];
  readonly epoch: 1900 | 1904;
  readonly names: readonly DefinedName[];
}

/** A name for a place or a value. */
export interface DefinedName {
  readonly name: string;
  /** A formula without `=`. */
  readonly refersTo: string;
  /** Index of the only sheet that it is known on. */
  readonly sheet?: number;
  readonly isHidden: boolean;
}

export function readWorkbook(root: XmlElement, relationships: readonly Relationship[]): Workbook {
  const byId = new Map(relationships.map((each) => [each.id, each]));
  return {
    epoch: /^(?:1|true)$/.test(childOf(root, 'x:workbookPr')?.attributes['date1904'] ?? '')
      ? 1904
      : 1900,
    sheets: childrenNamed(childOf(root, 'x:sheets'), 'x:sheet').map(({ attributes }) => {
      const link = byId.get(attributes['r:id'] ?? '');
      const { name = '', state = 'visible' } = attributes;
      return {
        name,
        isHidden: state !== 'visible',
        type: link?.type ?? '',
        part: link?.target ?? '',
      };
    }),
    names: childrenNamed(childOf(root, 'x:definedNames'), 'x:definedName').map(
      ({ attributes, text }) => ({
        name: attributes['name'] ?? '',
        refersTo: text,
        ...(attributes['localSheetId'] === undefined
          ? {}
          : { sheet: Number(attributes['localSheetId']) }),
        isHidden: /^(?:1|true)$/.test(attributes['hidden'] ?? ''),
      }),
    ),
  };
}

export function childrenNamed(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** A part that may be missing, as a tree. */
export function parsePart(file: OpcPackage, part: string | undefined): XmlElement | undefined {
  const bytes = part === undefined ? undefined : file.read(part);
  return bytes === undefined ? undefined : parseXml(bytes);
}

/** Title of the file in its properties. */
export function readTitle(file: OpcPackage): string | undefined {
  const core = file.relationshipsOf('').find(({ type }) => type === 'core-properties');
  const title = childOf(parsePart(file, core?.target), 'dc:title')?.text.trim() ?? '';
  return title === '' ? undefined : title;
}
