import type { SourceFile } from '#shared/domain/document.ts';
import { sourceFile } from './office-files.ts';

/** A page of 600 × 800 points. `content` is its stream; fonts are F1 (Helvetica), F2 (bold) and F3 (Courier). */
export interface RawPage {
  readonly content: string;
  /** Further entries of its dictionary, for example `/Rotate 90`. */
  readonly entries?: string;
  /** Dictionaries of its annotations. */
  readonly annotations?: readonly string[];
}

export interface RawPdf {
  readonly pages: readonly RawPage[];
  /** Entries of the catalog. */
  readonly catalog?: string;
  /** Objects from number 1000 on, for the catalog or the pages to refer to. */
  readonly objects?: readonly (string | { readonly entries: string; readonly data: Uint8Array })[];
}

/** Text at a place, from the lower left corner, in a size and font. */
export function textAt(
  [x, y]: readonly [number, number],
  text: string,
  { size = 10, font = 'F1' }: { readonly size?: number; readonly font?: string } = {},
): string {
  const escaped = text.replace(/[\\()]/g, (character) => `\\${character}`);
  return `BT /${font} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped}) Tj ET\n`;
}

/** Lines below each other, 12 points apart. */
export function linesAt(place: readonly [number, number], lines: readonly string[]): string {
  return lines.map((line, index) => textAt([place[0], place[1] - index * 12], line)).join('');
}

export function ruleAt(from: readonly [number, number], to: readonly [number, number]): string {
  return `${from.join(' ')} m ${to.join(' ')} l S\n`;
}

export function pdfFile(pdf: RawPdf): SourceFile {
  return sourceFile('test.pdf', makePdf(pdf));
}

/** Objects by hand, with a table of their places. */
export function makePdf({ pages, catalog = '', objects = [] }: RawPdf): Uint8Array {
  const numbered = new Map<number, Buffer>();
  const kids = pages.map((_, index) => `${10 + index * 2} 0 R`).join(' ');
  numbered.set(1, Buffer.from(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`));
  numbered.set(2, Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`));
  for (const [index, name] of ['Helvetica', 'Helvetica-Bold', 'Courier'].entries())
    numbered.set(3 + index, fontNamed(name));
  for (const [index, page] of pages.entries()) {
    numbered.set(10 + index * 2, pageObject(page, 11 + index * 2));
    numbered.set(11 + index * 2, streamOf('', Buffer.from(page.content, 'latin1')));
  }
  for (const [index, object] of objects.entries()) {
    numbered.set(
      1000 + index,
      typeof object === 'string'
        ? Buffer.from(object)
        : streamOf(object.entries, Buffer.from(object.data)),
    );
  }
  return assemble(numbered);
}

function fontNamed(name: string): Buffer {
  return Buffer.from(
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
  );
}

function pageObject({ entries = '', annotations = [] }: RawPage, content: number): Buffer {
  const fonts = '/Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >>';
  return Buffer.from(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${content} 0 R
/Resources << ${fonts} /Properties << /Off 1000 0 R >> >> /Annots [${annotations.join(' ')}] ${entries} >>`,
  );
}

function streamOf(entries: string, data: Buffer): Buffer {
  const head = Buffer.from(`<< ${entries} /Length ${data.length} >>\nstream\n`);
  return Buffer.concat([head, data, Buffer.from('\nendstream')]);
}

function assemble(objects: ReadonlyMap<number, Buffer>): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const rows: string[] = ['0000000000 65535 f '];
  let offset = parts[0]?.length ?? 0;
  const places = new Map<number, number>();
  for (const [number, object] of objects) {
    const whole = Buffer.concat([
      Buffer.from(`${number} 0 obj\n`),
      object,
      Buffer.from('\nendobj\n'),
    ]);
    places.set(number, offset);
    parts.push(whole);
    offset += whole.length;
  }
  const size = Math.max(...objects.keys()) + 1;
  for (let number = 1; number < size; number += 1) {
    const place = places.get(number);
    rows.push(
      place === undefined ? '0000000000 65535 f ' : `${String(place).padStart(10, '0')} 00000 n `,
    );
  }
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n${rows.join('\n')}\ntrailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
