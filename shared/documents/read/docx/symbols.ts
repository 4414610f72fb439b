import type { XmlElement } from '../../xml.ts';

/** The character of a `w:sym`: symbol fonts have theirs in the private use area (F0xx), where only the font tells what they are. */
export function symbolOf({ attributes }: XmlElement): string {
  const code = Number.parseInt(attributes['w:char'] ?? '', 16);
  if (!(code > 0 && code <= 0xffff)) return '';
  const isPrivate = code >= 0xe000 && code <= 0xf8ff;
  if (!isPrivate) return String.fromCharCode(code);
  const low = code & 0xff;
  const font = (attributes['w:font'] ?? '').toLowerCase();
  if (font === 'symbol') return symbolFont[low] ?? greek[low - 0x41] ?? String.fromCharCode(low);
  return wingdings[low] ?? '•';
}

/** Digits and signs set high, as in `10⁶` or a mark of a note: without this they would join the number before them. */
export function toSuperscript(text: string): string {
  return /^[-+−]?\d{1,3}$/.test(text)
    ? text.replace(/./g, (character) => superscripts[character] ?? character)
    : text;
}

const greek = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ';

const symbolFont: Readonly<Record<number, string>> = {
  163: '≤',
  165: '∞',
  174: '→',
  176: '°',
  177: '±',
  179: '≥',
  180: '×',
  183: '•',
  185: '≠',
  187: '≈',
  215: '⋅',
  229: '∑',
};

const wingdings: Readonly<Record<number, string>> = {
  111: '☐',
  168: '☐',
  224: '→',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};

const superscripts: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
};
