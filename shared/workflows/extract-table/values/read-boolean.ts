const yes = new Set(
  'yes y true ja wahr oui vrai sí si verdadero sì vero sim waar x ✓ ✔ ☑ ☒ 1'.split(' '),
);
const no = new Set('no n false nein falsch non faux falso não nee onwaar ☐ ✗ ✘ 0'.split(' '));

/** Yes or no in the languages known here, and the marks of forms; `undefined` for anything else. */
export function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}
