import { pdfWithoutText } from '../bad-files.ts';
import { makeCompoundFile } from '../office-files.ts';
import type { HostileCase } from './hostile-case.ts';
import { packageOf } from './packages.ts';
import { hostileZip } from './zip.ts';

/** Compound files, PDF and Office files with macros. */
export function binaryCases(): HostileCase[] {
  const noise = new Uint8Array(2_000_000).map((_, index) => (index * 2_654_435_761) >>> 13);
  return [
    ole(
      ['encrypted OOXML', 'a.docx'],
      ['EncryptionInfo', 'EncryptedPackage'],
      'password_protected',
    ),
    ole(
      ['encrypted OOXML', 'a.xlsx'],
      ['EncryptionInfo', 'EncryptedPackage'],
      'password_protected',
    ),
    ole(['legacy Word', 'a.doc'], ['WordDocument'], 'legacy_format'),
    ole(['legacy Excel', 'a.xls'], ['Workbook'], 'legacy_format'),
    ole(['legacy PowerPoint', 'a.ppt'], ['PowerPoint Document'], 'legacy_format'),
    {
      kind: 'msg: a chain of sectors that leads back to itself',
      name: 'a.msg',
      make: cyclicMessage,
      outcomes: ['corrupt_file', 'empty_file'],
    },
    {
      kind: 'docx: macros',
      name: 'a.docm',
      make: () =>
        hostileZip([
          ...packageOf('docx'),
          { name: 'word/vbaProject.bin', data: makeCompoundFile('VBA') },
        ]),
      outcomes: ['read'],
    },
    pdf('without a text layer', pdfWithoutText, 'no_text_layer'),
    pdf(
      'cut off',
      () => pdfWithoutText().slice(0, 150),
      'corrupt_file',
      'no_text_layer',
      'format_mismatch',
      'empty_file',
    ),
    pdf(
      'of noise',
      () => new Uint8Array(Buffer.concat([Buffer.from('%PDF-1.7\n'), noise])),
      'corrupt_file',
    ),
    pdf('with pages that lead back to themselves', cyclicPdf, 'corrupt_file', 'no_text_layer'),
    pdf(
      'that says it has a billion pages',
      manyPagesPdf,
      'corrupt_file',
      'no_text_layer',
      'file_too_complex',
    ),
  ];
}

function ole(
  [kind, name]: readonly [kind: string, name: string],
  streams: readonly string[],
  code: 'password_protected' | 'legacy_format',
): HostileCase {
  return {
    kind: `ole2: ${kind}, ${name}`,
    name,
    make: () => makeCompoundFile(...streams),
    outcomes: [code],
  };
}

function pdf(
  kind: string,
  make: () => Uint8Array,
  ...outcomes: HostileCase['outcomes']
): HostileCase {
  return { kind: `pdf: ${kind}`, name: 'a.pdf', make, outcomes };
}

function cyclicPdf(): Uint8Array {
  return pdfOf('<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>');
}

function manyPagesPdf(): Uint8Array {
  return pdfOf('<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>');
}

function pdfOf(pages: string): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    pages,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>',
  ];
  let body = '%PDF-1.4\n';
  const rows = objects.map((object, index) => {
    const row = `${String(body.length).padStart(10, '0')} 00000 n \n`;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return row;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\n`;
  return new Uint8Array(Buffer.from(`${body}${table}startxref\n${body.length}\n%%EOF\n`));
}

/** MS-CFB: sector 0 is the table of sectors, in which the directory at sector 1 goes on in itself. */
function cyclicMessage(): Uint8Array {
  const file = Buffer.alloc(512 * 3);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(0x3e, 24);
  file.writeUInt16LE(3, 26);
  file.writeUInt16LE(0xfffe, 28);
  file.writeUInt16LE(9, 30);
  file.writeUInt16LE(6, 32);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(4096, 56);
  file.writeUInt32LE(1, 60);
  file.writeUInt32LE(1, 64);
  file.writeUInt32LE(0xfffffffe, 68);
  file.fill(0xff, 76, 512);
  file.writeUInt32LE(0, 76);
  file.fill(0xff, 512, 1024);
  file.writeUInt32LE(0xfffffffd, 512);
  file.writeUInt32LE(1, 516);
  for (const [index, name] of [
    'Root Entry',
    '__properties_version1.0',
    '__substg1.0_1000001F',
  ].entries()) {
    const at = 1024 + index * 128;
    file.write(name, at, 'utf16le');
    file.writeUInt16LE((name.length + 1) * 2, at + 64);
    file[at + 66] = index === 0 ? 5 : 2;
    for (const link of [68, 72, 76])
      file.writeUInt32LE(index === 0 && link === 76 ? 1 : 0xffffffff, at + link);
    file.writeUInt32LE(1, at + 116);
    file.writeUInt32LE(1_000_000, at + 120);
  }
  file.writeUInt32LE(2, 1024 + 128 + 72);
  return new Uint8Array(file);
}
