import { forbiddenInXml } from './clean-text.ts';

/** Values of attributes; what is `undefined` is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** An element as text. Its content is XML already: text goes through {@link escapeXml} first. */
export function element(name: string, attributes: Attributes = {}, ...content: string[]): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) tag += ` ${key}="${escapeXml(attributeText(value))}"`;
  }
  const inner = content.join('');
  return inner === '' ? `${tag}/>` : `${tag}>${inner}</${name}>`;
}

const special = /[&<>"]/;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for an element or an attribute, without what XML forbids. Line ends and tabs survive in both. */
export function escapeXml(text: string): string {
  const allowed = text.replace(forbiddenInXml, '');
  if (!special.test(allowed) && !/[\t\n\r]/.test(allowed)) return allowed;
  return allowed.replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}

/** Booleans as Office writes them. */
function attributeText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}
