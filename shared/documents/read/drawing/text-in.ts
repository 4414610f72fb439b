import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';

/** Text of a paragraph-wise body in DrawingML, on one line. */
export function textIn(element: XmlElement | undefined): string {
  return element === undefined ? '' : collapseWhiteSpace(rawTextIn(element));
}

function rawTextIn(element: XmlElement): string {
  if (element.name === 'a:t') return element.text;
  if (element.name === 'a:br') return ' ';
  const text = element.children.map(rawTextIn).join('');
  return element.name === 'a:p' ? `${text} ` : text;
}
