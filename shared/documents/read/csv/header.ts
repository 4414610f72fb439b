const sampleRecords = 50;

/** Whether the first record names the columns: texts, none twice and none that reads as a value, above other records. */
export function isHeaderRecord(records: readonly (readonly string[])[]): boolean {
  const [first, ...others] = records.slice(0, sampleRecords);
  if (first === undefined || others.length === 0) return false;
  const names = first.filter((cell) => cell !== '');
  const isNamed = names.length * 2 > first.length && new Set(names).size === names.length;
  if (!isNamed || names.some((name) => isValue(name) || name.length > 100)) return false;
  // Of one column, only values below a text tell that the text is a name.
  return first.length > 1 || others.every(([cell = '']) => isValue(cell));
}

/** A number, an amount, a percentage, a date or a time, in any common notation. */
function isValue(text: string): boolean {
  return /^[\p{Sc}+\-(]?[\d.,:/\s'’\-()%T]*\d[\d.,:/\s'’\-()%TZ]*\p{Sc}?$/u.test(text);
}
