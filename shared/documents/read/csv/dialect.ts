/** How the fields of a delimited text are set apart (RFC 4180 and what programs make of it). */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  /** Whether another delimiter would do nearly as well. */
  readonly isAmbiguous: boolean;
}

const delimiters = [',', ';', '\t', '|'] as const;
const sampleLength = 64 * 1024;
const sampleRecords = 200;

/**
 * Finds the dialect by how evenly each delimiter cuts the first records. Commas between digits are decimal marks wherever semicolons cut
 * as evenly. A text that no delimiter cuts has one column.
 */
export function detectDialect(text: string): Dialect {
  const sample = sampleOf(text);
  const quote = quoteOf(sample);
  const scored = delimiters
    .map((delimiter) => ({ delimiter, ...scoreOf(sample, delimiter, quote) }))
    .sort((left, right) => right.score - left.score);
  const [best, second] = scored;
  if (best === undefined || best.score === 0) return { delimiter: ',', quote, isAmbiguous: false };
  const isClose = second !== undefined && second.score >= best.score * 0.9;
  return { delimiter: best.delimiter, quote, isAmbiguous: isClose };
}

/** The beginning, with line ends of one character: what ends in two would need twice the length. */
function sampleOf(text: string): string {
  const start = text.slice(0, sampleLength * 2);
  return start.replace(/\r\n?/g, '\n').slice(0, sampleLength);
}

/** Apostrophes are quotes only where fields begin and end with them and no quotation mark does. */
function quoteOf(sample: string): string {
  const double = /(?:^|[,;\t|\n])"/.test(sample);
  const single = /(?:^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n]|$)/.test(sample);
  return single && !double ? "'" : '"';
}

/** The share of records with the usual number of fields, weighed by that number; 0 where the delimiter does not cut. */
function scoreOf(sample: string, delimiter: string, quote: string): { score: number } {
  const counts = fieldCountsOf(sample, delimiter, quote);
  const cut = counts.filter((count) => count > 1);
  if (cut.length === 0) return { score: 0 };
  const { usual, frequency } = mostFrequentOf(cut);
  const decimals = delimiter === ',' ? decimalShareOf(sample) : 0;
  const evenness = (frequency + cut.length) / counts.length;
  return { score: evenness * (1 - decimals / 2) * (1 + Math.min(usual, 20) / 100) };
}

function mostFrequentOf(counts: readonly number[]): { usual: number; frequency: number } {
  const frequencies = new Map<number, number>();
  for (const count of counts) frequencies.set(count, (frequencies.get(count) ?? 0) + 1);
  const [first = [1, 0]] = [...frequencies].sort(([, left], [, right]) => right - left);
  return { usual: first[0], frequency: first[1] };
}

/** Fields of each record of the sample, the last, which may be cut off, left out. */
function fieldCountsOf(sample: string, delimiter: string, quote: string): number[] {
  const records = unquoted(sample, quote).split(/[\r\n]+/);
  if (sample.length >= sampleLength && records.length > 1) records.pop();
  return records
    .filter((record) => record !== '')
    .slice(0, sampleRecords)
    .map((record) => record.split(delimiter).length);
}

/** Without what stands between quotes. */
function unquoted(sample: string, quote: string): string {
  const parts = sample.split(quote);
  return parts.map((part, index) => (index % 2 === 0 ? part : 'x')).join('');
}

/** How many of the commas stand between digits, with a semicolon or tab nearby that could be the delimiter. */
function decimalShareOf(sample: string): number {
  if (!/[;\t|]/.test(sample)) return 0;
  const commas = sample.match(/,/g)?.length ?? 0;
  const decimals = sample.match(/\d,\d/g)?.length ?? 0;
  return commas === 0 ? 0 : decimals / commas;
}
