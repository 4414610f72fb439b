/** Where a `HYPERLINK` field leads: an address, a bookmark as `#name`, or both. `undefined` for any other field. */
export function targetOfInstruction(instruction: string): string | undefined {
  const [name, ...words] = wordsOf(instruction);
  if (name?.toUpperCase() !== 'HYPERLINK') return undefined;
  const address = words.find((word, index) => !isSwitch(word) && !takesArgument(words[index - 1]));
  const bookmark = words.find((_, index) => words[index - 1]?.toLowerCase() === '\\l');
  const target = [unquoted(address), ...(bookmark === undefined ? [] : [unquoted(bookmark)])].join(
    '#',
  );
  return target === '' ? undefined : target;
}

function wordsOf(instruction: string): string[] {
  return instruction.match(/"[^"]*"|[^\s"]+/g) ?? [];
}

function isSwitch(word: string): boolean {
  return word.startsWith('\\');
}

/** `\l` bookmark, `\o` tip, `\t` frame; the others stand alone. */
function takesArgument(word = ''): boolean {
  return ['\\l', '\\o', '\\t'].includes(word.toLowerCase());
}

function unquoted(word = ''): string {
  return word.startsWith('"') ? word.slice(1, -1) : word;
}
