import { describe, expect, it } from '@jest/globals';
import { sniffFormat } from '#shared/documents/sniff.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import type { ErrorCode } from '#shared/domain/errors.ts';
import { makeCompoundFile, makeDocx, sourceFile, zipOf } from '../../support/office-files.ts';

const firstFormats: readonly DocumentFormat[] = ['docx', 'pdf', 'markdown', 'html', 'text'];
const docx = makeDocx({ body: '' });
const pdf = '%PDF-1.7\n%âãÏÓ\n1 0 obj\nstartxref\n0\n%%EOF';
const html = '<!doctype html><p>Hello';
const encrypted = makeCompoundFile('EncryptedPackage', 'EncryptionInfo');
const office = 'application/vnd.openxmlformats-officedocument';
const withMain = (mainContentType: string) => makeDocx({ body: '', mainContentType });
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
const bytes = (...values: number[]) => new Uint8Array(values);

type Accepted = readonly [name: string, content: string | Uint8Array, format: DocumentFormat];
const accepted: readonly Accepted[] = [
  ['a.docx', docx, 'docx'],
  ['a.DOCX', docx, 'docx'],
  ['a', docx, 'docx'],
  ['minutes.final', docx, 'docx'],
  ['a.docm', withMain('application/vnd.ms-word.document.macroEnabled.main+xml'), 'docx'],
  ['a.dotx', withMain(`${office}.wordprocessingml.template.main+xml`), 'docx'],
  ['a.pdf', pdf, 'pdf'],
  ['a.pdf', `\ufeff\r\n${pdf}`, 'pdf'],
  ['a.pdf', `${'x'.repeat(900)}${pdf}`, 'pdf'],
  ['a', pdf, 'pdf'],
  ['a.md', '# Title', 'markdown'],
  ['README.markdown', '<h1>Title</h1>', 'markdown'],
  ['a.md', html, 'markdown'],
  ['a.html', 'no markup at all', 'html'],
  ['a', html, 'html'],
  ['a', '<?xml version="1.0"?>\n<!-- x -->\n<html lang="en">', 'html'],
  ['a.txt', 'Text', 'text'],
  ['a.txt', html, 'text'],
  ['a.txt', utf16('Text'), 'text'],
  ['a.txt', utf16('Text without a mark').slice(2), 'text'],
  ['a.txt', 'On PDF: a file starts with %PDF-1.7 and so on.', 'text'],
  ['LICENSE', 'Text', 'text'],
  ['notes 1.2', 'Text', 'text'],
  ['a.xlsx', withMain(`${office}.spreadsheetml.sheet.main+xml`), 'xlsx'],
  ['a.xlsm', withMain('application/vnd.ms-excel.sheet.macroEnabled.main+xml'), 'xlsx'],
  ['a.ppsx', withMain(`${office}.presentationml.slideshow.main+xml`), 'pptx'],
  ['a.odt', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }), 'odt'],
  ['a.ots', zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet-template' }), 'ods'],
  ['a.odp', zipOf({ mimetype: 'application/vnd.oasis.opendocument.presentation' }), 'odp'],
  ['a.rtf', '{\\rtf1 Text}', 'rtf'],
  ['a.msg', makeCompoundFile('__properties_version1.0'), 'msg'],
  ['a.csv', 'a,b', 'csv'],
  ['a.tsv', 'a\tb', 'csv'],
  ['a.eml', 'From: a', 'eml'],
  ['a', 'Received: from x\r\n by y\r\nFrom: a\r\n', 'eml'],
  ['a', 'From: a\r\nMIME-Version: 1.0\r\n', 'eml'],
  ['a', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi', 'vtt'],
  ['a.txt', 'WEBVTT', 'text'],
  ['a', '1\r\n00:00:01,000 --> 00:00:02,000\r\nHi', 'srt'],
  ['meeting.json', '{"results":{}}', 'transcript'],
];

type Refused = readonly [
  name: string,
  content: string | Uint8Array,
  code: ErrorCode,
  message: RegExp,
];
const refused: readonly Refused[] = [
  ['a.docx', pdf, 'format_mismatch', /\.docx.*it is PDF/],
  ['a.pdf', 'Text', 'format_mismatch', /\.pdf.*it is plain text/],
  ['a.txt', docx, 'format_mismatch', /\.txt.*it is Word \(DOCX\)/],
  ['a.docx', zipOf({ 'a.txt': '' }), 'format_mismatch', /a ZIP archive/],
  ['a.docx', withMain(`${office}.spreadsheetml.sheet.main+xml`), 'format_mismatch', /Excel/],
  ['a.doc', 'Text', 'format_mismatch', /plain text/],
  ['a.csv', pdf, 'format_mismatch', /PDF/],
  ['a.xlsx', withMain(`${office}.spreadsheetml.sheet.main+xml`), 'unsupported_format', /Excel/],
  ['a', withMain(`${office}.presentationml.slideshow.main+xml`), 'unsupported_format', /PowerP/],
  [
    'a.odt',
    zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }),
    'unsupported_format',
    /OpenDocument text/,
  ],
  ['a.epub', zipOf({ mimetype: 'application/epub+zip' }), 'unsupported_format', /EPUB/],
  ['a.zip', zipOf({ 'a.docx': docx }), 'unsupported_format', /a ZIP archive/],
  ['a.msg', makeCompoundFile('__properties_version1.0'), 'unsupported_format', /Outlook/],
  ['a.csv', 'a,b', 'unsupported_format', /CSV/],
  ['a.eml', 'From: a', 'unsupported_format', /EML/],
  ['a.vtt', 'WEBVTT', 'unsupported_format', /VTT/],
  ['a.yaml', 'a: b', 'unsupported_format', /\.yaml/],
  [
    'a.xlsb',
    withMain('application/vnd.ms-excel.sheet.binary.macroEnabled.main'),
    'unsupported_format',
    /XLSB/,
  ],
  ['a.rtf', '{\\rtf1 Text}', 'unsupported_format', /RTF/],
  ['a.png', bytes(0x89, 0x50, 0x4e, 0x47), 'unsupported_format', /PNG/],
  ['a.bin', bytes(1, 2, 3, 0, 0, 0, 0, 9), 'unsupported_format', /binary/],
  ['a.txt', bytes(1, 2, 3, 0, 0, 0, 0, 9), 'format_mismatch', /binary/],
  ['a.doc', makeCompoundFile('WordDocument'), 'legacy_format', /Word/],
  ['a.docx', makeCompoundFile('WordDocument'), 'legacy_format', /Word/],
  ['a.xls', makeCompoundFile('Workbook'), 'legacy_format', /Excel/],
  ['a.ppt', makeCompoundFile('PowerPoint Document'), 'legacy_format', /PowerPoint/],
  ['a.docx', encrypted, 'password_protected', /Remove the password/],
  ['a.docx', docx.slice(0, 300), 'corrupt_file', /ZIP/],
];

describe('sniffFormat', () => {
  it.each(accepted)('takes %j', (name, content, format) => {
    expect(sniffFormat(sourceFile(name, content), DocumentFormat.options)).toBe(format);
  });

  it.each(refused)('refuses %j', (...row) => {
    const [name, content, code, message] = row;
    const sniff = () => sniffFormat(sourceFile(name, content), firstFormats);

    expect(sniff).toThrow(expect.objectContaining({ code }));
    expect(sniff).toThrow(message);
  });

  it('names what is accepted when a format is not', () => {
    const sniff = () => sniffFormat(sourceFile('a.md', '# Title'), ['docx', 'pdf']);

    expect(sniff).toThrow(expect.objectContaining({ code: 'unsupported_format' }));
    expect(sniff).toThrow(/Expected Word \(DOCX\), PDF; it is Markdown/);
  });
});
