const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Text of XML with its references resolved; `undefined` if there is one that XML does not know of itself, or that is none. */
export function decodeEntities(raw: string): string | undefined {
  let isKnown = true;
  const text = raw.replace(/&([^;]*)(;?)/g, (_, name: string, end: string) => {
    const character = end === '' ? undefined : (entities.get(name) ?? characterOf(name));
    if (character === undefined) isKnown = false;
    return character ?? '';
  });
  return isKnown ? text : undefined;
}

/** The character of `#10` or `#xA`. */
function characterOf(reference: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([\dA-Fa-f]{1,6})|(\d{1,7}))$/.exec(reference) ?? [];
  const code = Number.parseInt(hexadecimal ?? decimal ?? '', hexadecimal === undefined ? 10 : 16);
  if (!(code <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(code);
  return /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character)
    ? character
    : undefined;
}
