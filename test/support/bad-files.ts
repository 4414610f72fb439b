import { strToU8 } from 'fflate';
import { makeCompoundFile, makeDocx, makeRawZip, paragraph } from './office-files.ts';

/** An Office file behind a password: an OLE2 container with an encrypted package. */
export function encryptedOffice(): Uint8Array {
  return makeCompoundFile('EncryptionInfo', 'EncryptedPackage');
}

export function simpleDocx(): Uint8Array {
  return makeDocx({ body: paragraph('A sentence of a small report.') });
}

export function docxWithDoctype(): Uint8Array {
  const xml = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>';
  return makeDocx({ body: '', files: { 'content/main.xml': xml } });
}

/** 130 MB of zeros in a file of a few hundred kilobytes, under the name of a part of every DOCX. */
export function zipBomb(): Uint8Array {
  const relationships =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>';
  return makeRawZip([
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    { name: '_rels/.rels', data: relationships },
    { name: 'word/document.xml', data: new Uint8Array(130 * 1024 * 1024) },
  ]);
}

/** A PDF whose only page holds a grey rectangle, as a scan holds a picture: valid, and without any text. */
export function pdfWithoutText(): Uint8Array {
  const content = '0.8 g 50 50 400 600 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  return strToU8(
    `${body}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  );
}
