/** Text of an element; a no-break space is written so that it is seen. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (character) => references[character] ?? character);
}

/** Value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\u00a0': '&nbsp;',
};
