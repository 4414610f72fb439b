import { QuireError } from '#shared/domain/errors.ts';
import { sheetLimits } from '../../limits.ts';
import { walkXml } from '../../xml-walk.ts';

/** Strings that cells share, by their index: rich text as plain text, without the reading aids of East Asian text (18.4.6). */
export function readSharedStrings(bytes: Uint8Array | undefined): readonly string[] {
  const strings: string[] = [];
  if (bytes === undefined) return strings;
  const text = createStringText();
  let characters = 0;
  walkXml(bytes, {
    open(name) {
      if (name === 'x:si') text.clear();
      else text.open(name);
    },
    text: text.add,
    close(name) {
      text.close(name);
      if (name !== 'x:si') return;
      const string = text.take();
      characters += string.length;
      if (characters > sheetLimits.characters) throw tooComplex();
      strings.push(string);
    },
  });
  return strings;
}

/** Gathers the text of a `CT_Rst`: of `t`, on its own or in runs, and not of `rPh`. */
export function createStringText() {
  let text = '';
  let isInText = false;
  let isPhonetic = false;
  return {
    open(name: string): void {
      if (name === 'x:rPh') isPhonetic = true;
      isInText = name === 'x:t' && !isPhonetic;
    },
    add(piece: string): void {
      if (isInText) text += piece;
    },
    close(name: string): void {
      if (name === 'x:rPh') isPhonetic = false;
      isInText = false;
    },
    clear(): void {
      text = '';
    },
    take(): string {
      const taken = unescapeString(text);
      text = '';
      return taken;
    },
  };
}

/** Characters that XML cannot hold are written as `_x000D_`, an underscore before such a group as `_x005F_` (22.9.2.19). */
export function unescapeString(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function tooComplex(): QuireError {
  const limit = sheetLimits.characters;
  return new QuireError(
    'file_too_complex',
    `Expected at most ${limit} characters in shared strings, the file has more. Split it into several files.`,
    { details: { limit } },
  );
}
