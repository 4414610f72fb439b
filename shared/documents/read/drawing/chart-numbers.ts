import { type CellStyle, cellStyleOf } from '../xlsx/formats.ts';

/** Shows a number of a chart as the program does, dates as ISO 8601; what is no number stays as it is. */
export type ShowNumber = (text: string, format?: string) => string;

/** For numbers of a format, where a point has none of its own. */
export function numberShower(format: string | undefined, epoch: 1900 | 1904): ShowNumber {
  const styles = new Map<string, CellStyle>();
  const styleOf = (pattern: string) => {
    const known = styles.get(pattern) ?? cellStyleOf(pattern, false, epoch);
    styles.set(pattern, known);
    return known;
  };
  return (text, own) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) return text.trim();
    // A format that shows nothing hides the label, not the bar.
    return styleOf(own ?? format ?? 'General').showNumber(number).text || String(number);
  };
}
