/** Text that stands for itself: what Markdown would take for markup has a backslash before it; a line end is a space. */
export function escapeMarkdown(text: string, isCell: boolean): string {
  const escaped = text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\*`[\]<]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w{1,31};)/g, '\\&')
    .replace(/~(?=~)/g, '\\~')
    .replace(/^(\s*)([#>+=-]|\d{1,9}(?=[.)]))/, escapeStart)
    .replace(/#(?=\s*$)/, '\\#');
  return isCell ? escaped.replaceAll('|', '\\|') : escaped;
}

/** Where a text begins a line, such a character would begin a heading, a list or a quote; a number, an item. */
function escapeStart(whole: string, space: string, start: string): string {
  return /^\d/.test(start) ? `${whole}\\` : `${space}\\${start}`;
}
