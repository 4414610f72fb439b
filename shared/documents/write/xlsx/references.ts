/** `A`, `Z`, `AA`; columns count from 0. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** `B4`; columns count from 0, rows from 1. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

/** A sheet's name as formulas want it, always quoted. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** A column's title within a structured reference (`Table[Title]`), where some characters need an apostrophe before them. */
export function quotedTitle(title: string): string {
  return title.replace(/['[\]#@]/g, "'$&");
}
