import type { XmlAttributes } from '../../xml-walk.ts';
import type { SheetCell } from '../sheet/rows.ts';

/** What a cell shows and holds (ODF 1.3 part 3, 19.385 and the attributes around it); `undefined` for an empty one. */
export function cellValueOf(
  attributes: XmlAttributes,
  shown: string,
): Omit<SheetCell, 'column'> | undefined {
  const formula = formulaOf(attributes['table:formula']);
  const value = contentOf(attributes, shown);
  if (value.text.trim() !== '') return formula === undefined ? value : { ...value, formula };
  const isUncached = formula !== undefined && attributes['office:value-type'] === undefined;
  return isUncached ? { text: `=${formula}`, type: 's', formula } : undefined;
}

function contentOf(attributes: XmlAttributes, shown: string): Omit<SheetCell, 'column'> {
  switch (attributes['office:value-type']) {
    case 'float':
    case 'percentage':
    case 'currency':
      return numberOf(Number(attributes['office:value']), shown);
    case 'date':
      return {
        text: (attributes['office:date-value'] ?? shown).replace(/T00:00:00(?:\.0+)?$/, ''),
        type: 'd',
      };
    case 'time':
      return timeOf(attributes['office:time-value'] ?? '', shown);
    case 'boolean':
      return { text: attributes['office:boolean-value'] === 'true' ? 'TRUE' : 'FALSE', type: 'b' };
    default: {
      const isError = attributes['calcext:value-type'] === 'error';
      const text = shown === '' ? (attributes['office:string-value'] ?? '') : shown;
      return { text, type: isError ? 'e' : 's' };
    }
  }
}

function numberOf(number: number, shown: string): Omit<SheetCell, 'column'> {
  if (!Number.isFinite(number)) return { text: shown, type: 's' };
  const text = shown.trim() === '' ? String(number) : shown;
  return text === String(number) ? { text, type: 'n' } : { text, type: 'n', number };
}

/** A time of day is a date of a kind; more than a day is a number of days, shown as hours. */
function timeOf(duration: string, shown: string): Omit<SheetCell, 'column'> {
  const match = /^PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?$/.exec(
    duration,
  );
  if (match === null) return { text: shown, type: 's' };
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
  if (hours >= 24) {
    const days = (hours * 3_600 + minutes * 60 + seconds) / 86_400;
    return numberOf(days, shown);
  }
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  const fraction = (match[4] ?? '').replace(/0+$/, '');
  return { text: fraction === '' ? clock : `${clock}.${fraction}`, type: 'd' };
}

/** Without the name of its language and with references as in other programs: `SUM(A1:B2)` for `of:=SUM([.A1:.B2])`. */
function formulaOf(formula: string | undefined): string | undefined {
  if (formula === undefined) return undefined;
  const text = formula.replace(/^(?:[A-Za-z]+:)?=/, '');
  return text.replace(/"(?:[^"]|"")*"|\[([^[\]]*)\]/g, (token, reference?: string) =>
    reference === undefined ? token : referenceOf(reference),
  );
}

/** `Sheet2!A1` for `Sheet2.A1`, `A1:B2` for `.A1:.B2`. */
export function referenceOf(reference: string): string {
  return reference
    .split(':')
    .map((corner) => {
      const dot = corner.lastIndexOf('.');
      const sheet = corner.slice(0, Math.max(dot, 0)).replace(/^\$/, '');
      return sheet === '' ? corner.slice(dot + 1) : `${sheet}!${corner.slice(dot + 1)}`;
    })
    .join(':');
}
