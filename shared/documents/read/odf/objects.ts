import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import { readChart } from './chart.ts';
import { textIn } from './object-text.ts';
import { firstIn, type OdfPackage } from './package.ts';

/** The formula in a `draw:object`, as its author typed it where the file says so; `undefined` if the object is something else. */
export function mathIn(object: XmlElement | undefined, file: OdfPackage): string | undefined {
  const root = contentOf(object, file);
  if (root?.name !== 'math:math') return undefined;
  const typed = collapseWhiteSpace(firstIn(root, 'math:annotation')?.text ?? '');
  return typed === '' ? collapseWhiteSpace(textIn(root)) : typed;
}

/** Texts of the chart in a `draw:object`; `undefined` if the object is something else. */
export function chartIn(
  object: XmlElement | undefined,
  file: OdfPackage,
): readonly string[] | undefined {
  return readChart(contentOf(object, file));
}

const contents = new WeakMap<XmlElement, XmlElement | undefined>();

/** An object may stand in the frame itself, or in the file under the address in it. */
function contentOf(object: XmlElement | undefined, file: OdfPackage): XmlElement | undefined {
  if (object === undefined) return undefined;
  if (contents.has(object)) return contents.get(object);
  const address = object.attributes['xlink:href'];
  const content = object.children.find(({ name }) => /^(?:math|office):/.test(name));
  const found = content ?? (address === undefined ? undefined : file.takeObject(address));
  contents.set(object, found);
  return found;
}
