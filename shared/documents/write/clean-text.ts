/** What XML 1.0 §2.2 does not allow: control characters other than tab and line ends, halves of surrogate pairs, two non-characters. */
export const forbiddenInXml =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as an artifact can hold it: without characters that XML forbids, with a space for every line end and tab. */
export function cleanText(text: string): string {
  return text.replace(forbiddenInXml, '').replace(/[\t\n\r\u0085\u2028\u2029]+/g, ' ');
}
