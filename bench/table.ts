/** Prints rows as a Markdown table, so that a figure can go into a page as it stands. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  console.log(line(header));
  console.log(line(header.map(() => '---')));
  for (const row of rows) console.log(line(row));
}

/** A ratio with two decimals. */
export function ratio(value: number): string {
  return value.toFixed(2);
}
