import { decodeEntities } from '../../xml-entities.ts';

/** New names of sheets by their names in lower case: Excel tells names apart without regard to case. */
export type Renames = ReadonlyMap<string, string>;

/**
 * A formula, a defined name or a link within the workbook with new names of sheets. Constants in quotation marks and references to other
 * workbooks stay as they are. What is changed comes in apostrophes, which are right around every name (ISO 29500-1, 18.17.2.3).
 */
export function renameInFormula(formula: string, renames: Renames): string {
  return formula.replace(tokenPattern, (token, quoted?: string, plain?: string) => {
    const reference = quoted === undefined ? plain : quoted.replaceAll("''", "'");
    if (reference === undefined || /[[\]]/.test(reference)) return token;
    const sheets = reference.split(':');
    const renamed = sheets.map((sheet) => renames.get(sheet.toLowerCase()) ?? sheet);
    if (renamed.join(':') === reference) return token;
    return `'${renamed.join(':').replaceAll("'", "''")}'!`;
  });
}

/** Constants in quotation marks within a formula. */
export function constantsIn(formula: string): string[] {
  return [...formula.matchAll(/"((?:[^"]|"")*)"/g)].map(([, text = '']) =>
    text.replaceAll('""', '"'),
  );
}

/** Whether a formula makes references out of texts that only a calculation tells. */
export function makesReferences(formula: string): boolean {
  return /\bINDIRECT\s*\(|\bEVALUATE\s*\(|\bSHEET\s*\(/i.test(formula);
}

/** Formulas in a part, as elements with text. */
export function formulasIn(source: string): string[] {
  return [...source.matchAll(formulaElement)].map(([, , text = '']) => decoded(text));
}

/** A part with every reference to a sheet by its new name. */
export function renameInPart(source: string, renames: Renames): string {
  const rename = (formula: string) => renameInFormula(formula, renames);
  const whole = (name: string) => renames.get(name.toLowerCase()) ?? name;
  const elements = source.replace(formulaElement, (...[all, name = '', text = '']: string[]) => {
    const formula = decoded(text);
    const renamed = rename(formula);
    if (renamed === formula) return all ?? '';
    const start = (all ?? '').slice(0, (all ?? '').indexOf('>', name.length) + 1);
    return `${start}${encodeContent(renamed)}</${name}>`;
  });
  const inFormulas = changeAttributes(elements, formulaAttributes, rename);
  return changeAttributes(inFormulas, nameAttributes, whole);
}

/** Attributes of elements, by their local names. */
interface Attributes {
  readonly elements: string;
  readonly attributes: string;
}

/** The value of each such attribute changed. */
export function changeAttributes(
  source: string,
  { elements, attributes }: Attributes,
  change: (value: string) => string,
): string {
  const tags = new RegExp(
    `<(?:[\\w.-]+:)?(?:${elements})(?=[\\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>`,
    'g',
  );
  const values = new RegExp(`(\\s(?:[\\w.-]+:)?(?:${attributes})\\s*=\\s*)("[^"]*"|'[^']*')`, 'g');
  return source.replace(tags, (tag) =>
    tag.replace(values, (all, lead: string, quoted: string) => {
      const value = decoded(quoted.slice(1, -1));
      const changed = change(value);
      return changed === value ? all : `${lead}"${encodeAttribute(changed)}"`;
    }),
  );
}

/** A constant, a reference to a sheet by its name in apostrophes, or by its name alone. */
const tokenPattern =
  /"(?:[^"]|"")*"|'((?:[^']|'')*)'!|(?<![\p{L}\p{N}_.\]\\'])([\p{L}_\\][\p{L}\p{N}_.\\?]*(?::[\p{L}_\\][\p{L}\p{N}_.\\?]*)?)!/gu;

const formulaElement =
  /<((?:[\w.-]+:)?(?:f|formula\d?|definedName|calculatedColumnFormula|totalsRowFormula|Fmla\w*))(?:\s[^<>]*(?<!\/))?>([^<]*)<\/\1\s*>/g;

const formulaAttributes: Attributes = {
  elements: 'hyperlink|sp|formControlPr',
  attributes: 'location|textlink|fmlaLink|fmlaRange|fmlaGroup|fmlaTxbx',
};

const nameAttributes: Attributes = {
  elements: 'worksheetSource|dataRef|rangeSet',
  attributes: 'sheet',
};

function decoded(text: string): string {
  return decodeEntities(text) ?? text;
}

function encodeContent(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function encodeAttribute(text: string): string {
  return encodeContent(text).replaceAll('"', '&quot;');
}
