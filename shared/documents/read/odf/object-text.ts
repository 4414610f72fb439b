import type { XmlElement } from '../../xml.ts';

/** Text of an object within a document, paragraphs and the parts of a formula with a space behind them. */
export function textIn({ name, text, children }: XmlElement): string {
  if (name === 'math:annotation') return '';
  const own = children.length === 0 ? text : children.map(textIn).join('');
  return name === 'text:p' || name.startsWith('math:') ? `${own} ` : own;
}
