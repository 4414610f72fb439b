/**
 * Whether bytes are Russian text of DOS (IBM866), which chardet does not know: as good as every character that is not ASCII would be a
 * Cyrillic letter, and not beside a Latin one. The other Cyrillic encodings have small letters where IBM866 has lines of boxes.
 */
export function isDosCyrillic(sample: Uint8Array): boolean {
  const text = new TextDecoder('ibm866').decode(sample);
  let letters = 0;
  let others = 0;
  let mixed = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character <= '\u007f') continue;
    if (!isCyrillic(character)) others += 1;
    else {
      letters += 1;
      if (isLatin(text.charAt(index - 1)) || isLatin(text.charAt(index + 1))) mixed += 1;
    }
  }
  return letters > 0 && others * 30 <= letters && mixed * 20 <= letters;
}

function isCyrillic(character: string): boolean {
  return character >= '\u0401' && character <= '\u0451';
}

function isLatin(character: string): boolean {
  return /^[a-z]$/i.test(character);
}
