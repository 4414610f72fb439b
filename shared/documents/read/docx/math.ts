import { childOf, type XmlElement } from '../../xml.ts';

/**
 * An equation (OMML, ECMA-376 part 1, 22.1) on one line. Fractions, powers, indices, roots, limits, matrices and accents keep their
 * meaning; the rest is read from left to right.
 */
export function textOfMath(element: XmlElement): string {
  if (element.name === 'm:t' || element.name === 'w:t') return element.text;
  const write = writers[element.name];
  if (write === undefined) return element.children.map(textOfMath).join('');
  return write(element, (name) => {
    const child = childOf(element, name);
    return child === undefined ? '' : textOfMath(child);
  });
}

type Writer = (element: XmlElement, part: (name: string) => string) => string;

const nothing: Writer = () => '';
const writers: Readonly<Record<string, Writer>> = {
  // Properties of equations, and of the runs of text in them.
  'm:ctrlPr': nothing,
  'w:rPr': nothing,
  // What was deleted is read elsewhere.
  'w:del': nothing,
  'w:moveFrom': nothing,
  'm:f': fraction,
  'm:sSup': (_, part) => part('m:e') + raised(part('m:sup')),
  'm:sSub': (_, part) => part('m:e') + lowered(part('m:sub')),
  'm:sSubSup': (_, part) => part('m:e') + lowered(part('m:sub')) + raised(part('m:sup')),
  'm:sPre': (_, part) => `${lowered(part('m:sub'))}${raised(part('m:sup'))} ${part('m:e')}`,
  'm:func': (_, part) => `${part('m:fName')} ${part('m:e')}`,
  'm:limLow': (_, part) => part('m:e') + lowered(part('m:lim')),
  'm:limUpp': (_, part) => part('m:e') + raised(part('m:lim')),
  'm:d': delimited,
  'm:nary': (element, part) =>
    `${characterOf(element, 'm:chr') ?? '∫'}${lowered(part('m:sub'))}${raised(part('m:sup'))} ${part('m:e')}`,
  'm:rad': (_, part) => root(part('m:deg'), part('m:e')),
  'm:m': (element) => `[${partsOf(element, 'm:mr').map(rowOfMatrix).join('; ')}]`,
  'm:eqArr': (element) => partsOf(element, 'm:e').map(textOfMath).join('; '),
  'm:acc': (element, part) => accented(part('m:e'), characterOf(element, 'm:chr') ?? '\u0302'),
  'm:bar': (element, part) =>
    accented(part('m:e'), characterOf(element, 'm:pos') === 'top' ? '\u0305' : '\u0332'),
  'm:groupChr': (element, part) => part('m:e') + (characterOf(element, 'm:chr') ?? '⏟'),
};

function fraction(element: XmlElement, part: (name: string) => string): string {
  const over = grouped(part('m:num'));
  const under = grouped(part('m:den'));
  // Without a bar it is two things one above the other, a binomial coefficient mostly.
  return characterOf(element, 'm:type') === 'noBar' ? `${over} ¦ ${under}` : `${over}/${under}`;
}

function delimited(element: XmlElement): string {
  const parts = partsOf(element, 'm:e').map(textOfMath);
  const begin = characterOf(element, 'm:begChr') ?? '(';
  const separator = characterOf(element, 'm:sepChr');
  const joined = parts.join(separator === undefined ? ', ' : ` ${separator} `);
  return begin + joined + (characterOf(element, 'm:endChr') ?? ')');
}

function rowOfMatrix(row: XmlElement): string {
  return partsOf(row, 'm:e').map(textOfMath).join(', ');
}

function root(degree: string, radicand: string): string {
  const sign = { '': '√', '2': '√', '3': '∛', '4': '∜' }[degree];
  return sign === undefined ? `√[${degree}]${grouped(radicand)}` : sign + grouped(radicand);
}

/** A combining mark goes behind one character; over more it would seem to belong to the last. */
function accented(base: string, mark: string): string {
  if (!/^\p{M}$/u.test(mark)) return base + mark;
  return Array.from(base).length === 1 ? base + mark : `${grouped(base, true)}${mark}`;
}

function raised(text: string): string {
  return text === '' ? '' : `^${grouped(text)}`;
}

function lowered(text: string): string {
  return text === '' ? '' : `_${grouped(text)}`;
}

function partsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** A character that the properties of an element name; an empty one is meant to be empty. */
function characterOf(element: XmlElement, name: string): string | undefined {
  const properties = element.children.find((child) => child.name.endsWith('Pr'));
  return childOf(properties, name)?.attributes['m:val'];
}

function grouped(text: string, isAlways = false): string {
  return !isAlways && /^[\p{L}\p{N}.,]*$/u.test(text) ? text : `(${text})`;
}
