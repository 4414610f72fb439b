/** Where a `HYPERLINK` field leads: an address, a bookmark as `#name`, or both. `undefined` for any other field. */
export function targetOfInstruction(instruction: string): string | undefined {
  if (!/^\s*HYPERLINK\b/i.test(instruction)) return undefined;
  let address = '';
  let bookmark = '';
  let isSwitch = '';
  for (const [, quoted, bare = ''] of instruction.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const isNewSwitch = quoted === undefined && bare.startsWith('\\');
    if (isSwitch === '\\l' && !isNewSwitch) bookmark = quoted ?? bare;
    else if (isSwitch === '' && !isNewSwitch && !/^HYPERLINK$/i.test(bare))
      address ||= quoted ?? bare;
    isSwitch = isNewSwitch && withArgument.has(bare.toLowerCase()) ? bare.toLowerCase() : '';
  }
  const target = bookmark === '' ? address : `${address}#${bookmark}`;
  return target === '' ? undefined : target;
}

/** `\l` bookmark, `\o` tip, `\t` frame; the others stand alone. */
const withArgument = new Set(['\\l', '\\o', '\\t']);
