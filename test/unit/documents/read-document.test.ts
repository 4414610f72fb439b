import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { maxFileSizeInBytes } from '#shared/documents/limits.ts';
import { Document } from '#shared/domain/document.ts';
import type { ErrorCode } from '#shared/domain/errors.ts';
import {
  docxFile,
  makeCompoundFile,
  makeDocx,
  makeRawZip,
  paragraph,
  sourceFile,
} from '../../support/office-files.ts';
import { readDocument } from '../../support/read-document.ts';

const read = (name: string, bytes: Uint8Array | string) =>
  readDocument(sourceFile(name, bytes), ['docx']);
const withMainPart = (content: string) =>
  makeDocx({ body: '', files: { 'content/main.xml': content } });

describe('readDocument', () => {
  it('gives a document of the schema, with what identifies the file', async () => {
    const file = docxFile({ body: paragraph('Text'), title: 'A title', pageCount: 3 });

    const document = await readDocument(file, ['docx']);

    expect(Document.parse(document)).toEqual(document);
    expect(document).toMatchObject({
      id: 'd1',
      name: 'test.docx',
      format: 'docx',
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      sizeInBytes: file.bytes.length,
      title: 'A title',
      pageCount: 3,
    });
  });

  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const deep = '<w:p>'.repeat(20_000) + '</w:p>'.repeat(20_000);
  const hostile: readonly (readonly [what: string, bytes: Uint8Array, code: ErrorCode])[] = [
    ['no bytes', new Uint8Array(), 'empty_file'],
    ['no text', makeDocx({ body: paragraph(' ') }), 'empty_file'],
    ['too many bytes', new Uint8Array(maxFileSizeInBytes + 1), 'file_too_large'],
    ['encryption', makeCompoundFile('EncryptedPackage'), 'password_protected'],
    ['a cut end', makeDocx({ body: paragraph('Text') }).slice(0, -30), 'corrupt_file'],
    [
      'a bomb',
      makeRawZip([{ name: '[Content_Types].xml', declaredSizeInBytes: 400 * 1024 ** 2 }]),
      'archive_unsafe',
    ],
    [
      'a lying size',
      makeRawZip([{ name: '[Content_Types].xml', data: 'long text', declaredSizeInBytes: 1 }]),
      'archive_unsafe',
    ],
    ['a DTD', withMainPart(`<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>`), 'xml_forbidden'],
    [
      'deep XML',
      withMainPart(`<w:document xmlns:w="${word}"><w:body>${deep}</w:body></w:document>`),
      'archive_unsafe',
    ],
    ['broken XML', withMainPart('<w:document'), 'corrupt_file'],
    ['no main part', makeDocx({ body: '', files: { '_rels/.rels': '<a/>' } }), 'corrupt_file'],
  ];
  it.each(hostile)('refuses a DOCX with %s', async (_, bytes, code) => {
    await expect(read('a.docx', bytes)).rejects.toMatchObject({ name: 'QuireError', code });
  });

  it('keeps what a parser says about the content out of the message', async () => {
    await expect(read('a.docx', withMainPart('<a>&secret;</a>'))).rejects.toThrow(/^(?!.*secret)/);
  });
});
