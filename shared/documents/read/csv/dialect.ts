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
  const sample = text.slice(0, sampleLength);
  const quote = quoteOf(sample);
  const scored = delimiters
    .map((delimiter) => ({ delimiter, ...scoreOf(sample, delimiter, quote) }))
    .sort((left, right) => right.score - left.score);
  const [best, second] = scored;
  if (best === undefined || best.score === 0) return { delimiter: ',', quote, isAmbiguous: false };
  const isClose = second !== undefined && second.score >= best.score * 0.9;
  return { delimiter: best.delimiter, quote, isAmbiguous: isClose };
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
  const frequencies = new Map<number, number>();
  for (const count of counts) frequencies.set(count, (frequencies.get(count) ?? 0) + 1);
  let usual = 1;
  for (const [count, frequency] of frequencies) {
    if (count > 1 && frequency > (usual === 1 ? 0 : (frequencies.get(usual) ?? 0))) usual = count;
  }
  if (usual === 1) return { score: 0 };
  const evenness = (frequencies.get(usual) ?? 0) / counts.length;
  const cutShare = counts.filter((count) => count > 1).length / counts.length;
  const decimals = delimiter === ',' ? decimalShareOf(sample) : 0;
  return { score: (evenness + cutShare) * (1 - decimals / 2) * (1 + Math.min(usual, 20) / 100) };
}

/** Fields of each record of the sample, the last, which may be cut off, left out. */
function fieldCountsOf(sample: string, delimiter: string, quote: string): number[] {
  const counts: number[] = [];
  let fields = 1;
  let isQuoted = false;
  let isBlank = true;
  for (const character of sample) {
    if (character === quote) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === delimiter) fields += 1;
    else if (character === '\n' || character === '\r') {
      if (!isBlank) counts.push(fields);
      if (counts.length >= sampleRecords) return counts;
      fields = 1;
      isBlank = true;
      continue;
    }
    isBlank = false;
  }
  const isWhole = sample.length < sampleLength && !isBlank;
  return isWhole || counts.length === 0 ? [...counts, fields] : counts;
}

/** How many of the commas stand between digits, with a semicolon or tab nearby that could be the delimiter. */
function decimalShareOf(sample: string): number {
  if (!/[;\t|]/.test(sample)) return 0;
  const commas = sample.match(/,/g)?.length ?? 0;
  const decimals = sample.match(/\d,\d/g)?.length ?? 0;
  return commas === 0 ? 0 : decimals / commas;
}
