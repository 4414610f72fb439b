import { childOf, type XmlElement } from '../../xml.ts';

/** An equation on one line. Fractions, powers, indices and roots keep their meaning; the rest is read from left to right. */
export function textOfMath(element: XmlElement): string {
  const part = (name: string): string => {
    const child = childOf(element, name);
    return child === undefined ? '' : textOfMath(child);
  };
  switch (element.name) {
    case 'm:t':
    case 'w:t':
      return element.text;
    case 'm:f':
      return `${grouped(part('m:num'))}/${grouped(part('m:den'))}`;
    case 'm:sSup':
      return `${part('m:e')}^${grouped(part('m:sup'))}`;
    case 'm:sSub':
      return `${part('m:e')}_${grouped(part('m:sub'))}`;
    case 'm:sSubSup':
      return `${part('m:e')}_${grouped(part('m:sub'))}^${grouped(part('m:sup'))}`;
    case 'm:func':
      return `${part('m:fName')} ${part('m:e')}`;
    case 'm:d':
      return delimited(element);
    case 'm:nary':
      return `${characterOf(element, 'm:chr') ?? '∫'}_${grouped(part('m:sub'))}^${grouped(part('m:sup'))} ${part('m:e')}`;
    case 'm:rad':
      return `√${grouped(part('m:e'))}`;
    default:
      return element.children.map(textOfMath).join('');
  }
}

function delimited(element: XmlElement): string {
  const parts = element.children.filter((child) => child.name === 'm:e').map(textOfMath);
  const begin = characterOf(element, 'm:begChr') ?? '(';
  return begin + parts.join(', ') + (characterOf(element, 'm:endChr') ?? ')');
}

/** A character that the properties of an element name; an empty one is meant to be empty. */
function characterOf(element: XmlElement, name: string): string | undefined {
  const properties = element.children.find((child) => child.name.endsWith('Pr'));
  return childOf(properties, name)?.attributes['m:val'];
}

function grouped(text: string): string {
  return /^[\p{L}\p{N}.,]*$/u.test(text) ? text : `(${text})`;
}
