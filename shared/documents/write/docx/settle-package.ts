import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';

/** What the package says of itself besides its text. */
export interface PackageFacts {
  /** BCP 47. */
  readonly language: string;
}

/** Without a time zone, so it is the same local time everywhere: ZIP has no time zones either. The earliest that ZIP can hold. */
const earliest = '1980-01-01T00:00:00';

const fontTable = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>`;

/**
 * Makes the bytes depend on the content alone: the package notes the time in its properties and with every entry, and both go.
 * Adds what the library cannot write: the language of the document, and which font stands in for Calibri.
 */
export function settlePackage(bytes: Uint8Array, { language }: PackageFacts): Uint8Array {
  const entries = Object.entries(unzipSync(bytes));
  const settled: Zippable = {};
  // Programs that look at the first bytes only know the format by this part.
  const first = '[Content_Types].xml';
  const inOrder = [
    ...entries.filter(([name]) => name === first),
    ...entries.filter(([name]) => name !== first),
  ];
  const settleLinks = linkNumbering();
  for (const [name, content] of inOrder) {
    const part = settlePart(name, content, language);
    settled[name] = /^word\/.*\.(?:xml|rels)$/.test(name)
      ? strToU8(settleLinks(strFromU8(part)))
      : part;
  }
  return zipSync(settled, { mtime: earliest, level: 6 });
}

/** The library makes up a name for each relationship of a link; over all parts of a package each gets a number instead. */
function linkNumbering(): (xml: string) => string {
  const names = new Map<string, string>();
  return (xml) =>
    xml.replace(/"rId([a-z0-9_-]{12,})"/g, (_, madeUp: string) => {
      const name = names.get(madeUp) ?? `rIdLink${names.size + 1}`;
      names.set(madeUp, name);
      return `"${name}"`;
    });
}

function settlePart(name: string, content: Uint8Array, language: string): Uint8Array {
  if (name === 'word/fontTable.xml') return strToU8(fontTable);
  if (name === 'word/document.xml') return strToU8(settleFields(strFromU8(content)));
  if (name !== 'docProps/core.xml') return content;
  const properties = strFromU8(content)
    .replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, '')
    .replace('</cp:coreProperties>', `<dc:language>${language}</dc:language></cp:coreProperties>`);
  return strToU8(properties);
}

/**
 * Numbers bookmarks anew from 1, which the library counts over all documents of the process, and takes the mark off fields that Word is
 * to update when it opens the document: it would ask first.
 */
export function settleFields(xml: string): string {
  const numbers = new Map<string, number>();
  const numberOf = (old: string): number => {
    const number = numbers.get(old) ?? numbers.size + 1;
    numbers.set(old, number);
    return number;
  };
  // The library gives a bookmark of a heading the same number in its name and its id.
  return xml
    .replaceAll(' w:dirty="true"', '')
    .replace(
      /(<w:bookmark(?:Start|End)\b[^>]* w:id=")(\d+)"/g,
      (_, start, id) => `${start}${numberOf(id)}"`,
    )
    .replace(
      /(w:anchor="_Toc|w:name="_Toc|PAGEREF _Toc)(\d+)/g,
      (_, start, id) => `${start}${numberOf(id)}`,
    );
}
