import { openZip } from '#shared/documents/zip.ts';
import { zipOf } from './office-files.ts';

const drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = `xmlns:r="${office}"`;
const chart = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"';
const presentation = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
const sheets = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** Relationships of a part: type, target. */
export type Links = Readonly<Record<string, readonly (readonly [type: string, target: string])[]>>;

/** An Office package of these parts; the main part is the first. Relationships get the ids `r1`, `r2` … */
export function makePackage(
  parts: Readonly<Record<string, string>>,
  links: Links = {},
): Uint8Array {
  const [main = ''] = Object.keys(parts);
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>${overrideOf(main)}</Types>`,
    '_rels/.rels': relationshipsOf([['officeDocument', main]]),
    ...parts,
  };
  for (const [part, list] of Object.entries(links)) {
    const cut = part.lastIndexOf('/') + 1;
    files[`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`] = relationshipsOf(list);
  }
  return zipOf(files);
}

/** One slide with these shapes; further parts by relationships of the slide. */
export function makePptx(
  shapes: string,
  linked: readonly (readonly [type: string, content: string])[] = [],
): Uint8Array {
  const parts = Object.fromEntries(
    linked.map(([, content], index) => [`deck/part${index + 1}.xml`, content]),
  );
  return makePackage(
    {
      'deck/show.xml': `<p:presentation ${presentation} ${relations}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>`,
      'deck/one.xml': `<p:sld ${presentation} ${drawing} ${relations} ${chart}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
      ...parts,
    },
    {
      'deck/show.xml': [['slide', 'one.xml']],
      'deck/one.xml': linked.map(([type], index) => [type, `part${index + 1}.xml`] as const),
    },
  );
}

/** A shape with these paragraphs. */
export function shape(id: number, paragraphs: string, description = ''): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Shape" descr="${description}"/></p:nvSpPr><p:txBody><a:bodyPr/>${paragraphs}</p:txBody></p:sp>`;
}

/** What else a workbook of {@link makeXlsx} has. */
export interface XlsxParts {
  /** What stands in each `si`. */
  readonly strings?: readonly string[];
  /** What stands behind `sheetData`. */
  readonly rest?: string;
  /** Parts by relationships of the sheet. */
  readonly linked?: readonly (readonly [type: string, content: string])[];
  /** What stands in the workbook behind its sheets. */
  readonly workbook?: string;
  /** Any other part, with links of its own. */
  readonly more?: { readonly parts: Readonly<Record<string, string>>; readonly links: Links };
}

/** One sheet, called `Costs`, with these rows. */
export function makeXlsx(rows: string, parts: XlsxParts = {}): Uint8Array {
  const { strings = [], rest = '', linked = [], workbook = '', more } = parts;
  const items = strings.map((each) => `<si>${each}</si>`).join('');
  return makePackage(
    {
      'book/book.xml': `<workbook ${sheets} ${relations}><sheets><sheet name="Costs" sheetId="1" r:id="r1"/></sheets>${workbook}</workbook>`,
      'book/one.xml': `<worksheet ${sheets} ${relations}><sheetData>${rows}</sheetData>${rest}</worksheet>`,
      'book/words.xml': `<sst ${sheets}>${items}</sst>`,
      ...Object.fromEntries(
        linked.map(([, content], index) => [`book/part${index + 1}.xml`, content]),
      ),
      ...more?.parts,
    },
    {
      ...more?.links,
      'book/book.xml': [
        ['worksheet', 'one.xml'],
        ['sharedStrings', 'words.xml'],
      ],
      'book/one.xml': linked.map(([type], index) => [type, `part${index + 1}.xml`] as const),
    },
  );
}

/** A table over these cells. */
export function tablePart(range: string, columns: readonly string[]): string {
  const list = columns.map((name, index) => `<tableColumn id="${index + 1}" name="${name}"/>`);
  return `<table ${sheets} id="1" name="T" displayName="T" ref="${range}"><tableColumns count="${columns.length}">${list.join('')}</tableColumns></table>`;
}

/** A chart with a title of one run and one series name that is kept of a cell. */
export function chartPart(title: string, seriesName: string): string {
  return `<c:chartSpace ${chart} ${drawing}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>${title}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:ser><c:tx><c:strRef><c:f>Costs!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>${seriesName}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>12</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>`;
}

/** A part as text. */
export function partOf(bytes: Uint8Array, name: string): string {
  return new TextDecoder().decode(openZip(bytes).read(name));
}

/** Names of the parts that are not byte for byte the same. */
export function changedParts(before: Uint8Array, after: Uint8Array): string[] {
  const old = openZip(before);
  const anew = openZip(after);
  return [...new Set([...old.names, ...anew.names])].filter((name) => {
    const [left, right] = [old.read(name), anew.read(name)];
    return left === undefined || right === undefined || Buffer.compare(left, right) !== 0;
  });
}

/** Says which program the main part is for. */
function overrideOf(main: string): string {
  const type = mainTypes[main.slice(0, main.indexOf('/'))];
  return type === undefined
    ? ''
    : `<Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/>`;
}

const mainTypes: Readonly<Record<string, string>> = {
  deck: 'presentationml.presentation',
  book: 'spreadsheetml.sheet',
};

function relationshipsOf(list: readonly (readonly [type: string, target: string])[]): string {
  const each = list.map(
    ([type, target], index) =>
      `<Relationship Id="r${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}
