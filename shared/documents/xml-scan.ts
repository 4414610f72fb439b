import { SaxesParser } from 'saxes';
import { refuseWrongXml } from './xml-source.ts';
import { createTokenScanner, isQualifiedName, type RawXmlEvents } from './xml-tokens.ts';

/** Takes the text of a part piece by piece, and throws as {@link refuseWrongXml} says. */
export interface XmlParser {
  write(text: string): void;
  /** To be called at the end: what is not complete is refused. */
  close(): void;
}

/**
 * Parses XML 1.0. Tags and text in which nothing is special are nearly all of a part, and are read here in a fraction of the time that
 * saxes takes. At the first thing that is anything else (a comment, a document type, a name beyond ASCII, whatever is not well-formed)
 * saxes takes over for the rest of the part, so that it alone says what is wrong.
 */
export function createXmlParser(events: RawXmlEvents): XmlParser {
  const scanner = createScanner(events);
  let careful: SaxesParser | undefined;
  let left = '';
  const takeOver = () => {
    careful = createCarefulParser(scanner.openNames(), events);
    careful.write(left);
    left = '';
    return careful;
  };
  return {
    write(text) {
      if (careful !== undefined) {
        careful.write(text);
        return;
      }
      const all = left + text;
      const { end, isSpecial } = scanner.scan(all);
      left = all.slice(end);
      if (isSpecial || left.length > longestToken) takeOver();
    },
    close() {
      (careful ?? takeOver()).close();
    },
  };
}

/** In characters. A longer text is left to saxes: here it would be looked at anew with every piece. */
const longestToken = 256 * 1024;

/** Saxes where it would be had it read the part from its start; `undefined` for a start at which nothing is read yet. */
function createCarefulParser(
  openNames: readonly string[] | undefined,
  events: RawXmlEvents,
): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const isBehindRoot = openNames?.length === 0;
  parser.write(isBehindRoot ? '<closed/>' : (openNames ?? []).map((name) => `<${name}>`).join(''));
  let depth = openNames?.length ?? 0;

  refuseWrongXml(parser);
  const addText = (text: string) => {
    if (depth > 0) events.text(text);
  };
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    events.open(name, attributes, Object.keys(attributes).some(isQualifiedName));
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    depth -= 1;
    events.close();
  });
  return parser;
}

interface Progress {
  /** How many characters are done with. */
  readonly end: number;
  /** Whether what follows is no matter of the scanner, rather than not complete. */
  readonly isSpecial: boolean;
}

function createScanner(events: RawXmlEvents) {
  const open: string[] = [];
  const scanToken = createTokenScanner(open, events);
  let isStarted = false;

  const scanRoot = (text: string): number => {
    const start = prolog.exec(text)?.[0].length ?? 0;
    return text[start] === '<' ? scanToken(text, start) : ~start;
  };
  return {
    scan(text: string): Progress {
      let end = isStarted ? 0 : scanRoot(text);
      if (end < 0) return { end: 0, isSpecial: text !== '' };
      isStarted = true;
      while (open.length > 0 && end < text.length) {
        const next = scanToken(text, end);
        if (next < 0) return { end, isSpecial: ~next < text.length };
        end = next;
      }
      return { end, isSpecial: false };
    },
    /** `undefined` before the root, none behind it. */
    openNames: (): readonly string[] | undefined => (isStarted ? open : undefined),
  };
}

/** What may stand before the root and says nothing. */
const prolog =
  /^(?:<\?xml[ \t\r\n]+version=(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding=(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone=(?:"yes"|"no"|'yes'|'no'))?[ \t\r\n]*\?>)?[ \t\r\n]*/;
