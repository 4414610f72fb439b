import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openZip } from '#shared/documents/zip.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { makeRawZip, type RawEntry, zipOf } from '../../support/office-files.ts';

const mebibyte = 1024 * 1024;
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const readAll = (bytes: Uint8Array) => {
  const archive = openZip(bytes);
  for (const name of archive.names) archive.read(name);
};

describe('openZip', () => {
  it('reads stored and deflated entries', () => {
    const archive = openZip(
      makeRawZip([
        { name: 'a.txt', data: 'plain', isStored: true },
        { name: 'b.txt', data: 'packed' },
      ]),
    );

    expect(archive.names).toEqual(['a.txt', 'b.txt']);
    expect(text(archive.read('a.txt'))).toBe('plain');
    expect(text(archive.read('b.txt'))).toBe('packed');
  });

  it('reads an archive of another writer that has folders, a comment and an empty entry', () => {
    const bytes = zipOf({ 'folder/': '', 'folder/part.xml': 'x'.repeat(100_000), empty: '' });
    const withComment = new Uint8Array([...bytes, 104, 105]);
    withComment[bytes.length - 2] = 2;

    const archive = openZip(withComment);

    expect(archive.names).toEqual(['folder/part.xml', 'empty']);
    expect(archive.read('folder/part.xml')).toHaveLength(100_000);
    expect(archive.read('empty')).toHaveLength(0);
  });

  it('finds a name whatever its case and its slashes', () => {
    const archive = openZip(makeRawZip([{ name: 'Word\\Document.xml', data: 'found' }]));

    expect(text(archive.read('word/document.xml'))).toBe('found');
    expect(archive.read('document.xml')).toBeUndefined();
  });

  it('does not open archives within the archive', () => {
    const bomb = makeRawZip([{ name: 'bomb', declaredSizeInBytes: 400 * mebibyte }]);

    expect(() => readAll(makeRawZip([{ name: 'inner.zip', data: bomb }]))).not.toThrow();
  });

  it('reads sizes that stand in a ZIP64 field', () => {
    expect(text(openZip(makeZip64('in 64 bits')).read('a.txt'))).toBe('in 64 bits');
  });

  const many = Array.from({ length: 5_001 }, (_, index) => ({ name: `${index}`, isStored: true }));
  const cases: readonly (readonly [name: string, entries: readonly RawEntry[], code: string])[] = [
    ['a bomb', [{ name: 'a', declaredSizeInBytes: 400 * mebibyte }], 'archive_unsafe'],
    [
      'entries that are too large together',
      ['a', 'b', 'c'].map((name) => ({ name, declaredSizeInBytes: 119 * mebibyte })),
      'archive_unsafe',
    ],
    ['too many entries', many, 'archive_unsafe'],
    ['two entries of one name', [{ name: 'a.xml' }, { name: 'A.xml' }], 'archive_unsafe'],
    ['a name that leaves the archive', [{ name: 'a/../../b' }], 'archive_unsafe'],
    ['a name that leaves it with backslashes', [{ name: '..\\b' }], 'archive_unsafe'],
    ['an absolute name', [{ name: '/etc/passwd' }], 'archive_unsafe'],
    ['a name with a drive', [{ name: 'C:\\b' }], 'archive_unsafe'],
    ['overlapping entries', [{ name: 'a' }, { name: 'b', sharesDataOf: 0 }], 'archive_unsafe'],
    [
      'an entry that unpacks to more than it declares',
      [{ name: 'a', data: new Uint8Array(8 * mebibyte), declaredSizeInBytes: 1_000 }],
      'archive_unsafe',
    ],
    [
      'an entry that unpacks to less than it declares',
      [{ name: 'a', data: 'short', declaredSizeInBytes: 1_000 }],
      'corrupt_file',
    ],
    ['a wrong checksum', [{ name: 'a', data: 'text', checksum: 1 }], 'corrupt_file'],
    ['encrypted entries', [{ name: 'a', data: 'x', isEncrypted: true }], 'password_protected'],
  ];
  it.each(cases)('refuses %s', (_, entries, code) => {
    expect(() => readAll(makeRawZip(entries))).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a truncated archive wherever it is cut', () => {
    const bytes = zipOf({ 'a.xml': 'one', 'b.xml': 'two' });

    for (let length = 4; length < bytes.length; length += 1) {
      expect(() => readAll(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'corrupt_file' }),
      );
    }
  });

  it('answers any damage with an error of its own', () => {
    const bytes = zipOf({ 'a.xml': 'one '.repeat(50), 'b.xml': 'two' });
    const position = fc.nat(bytes.length - 1);

    void fc.assert(
      fc.property(fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1 }), (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        try {
          readAll(damaged);
        } catch (error) {
          expect(isQuireError(error)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** One stored entry whose sizes and position are in the extra field of the directory, as streaming writers leave them. */
function makeZip64(content: string): Uint8Array {
  const zip = Buffer.from(makeRawZip([{ name: 'a.txt', data: content, isStored: true }]));
  const central = zip.indexOf('PK\x01\x02');
  const end = zip.indexOf('PK\x05\x06');
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(content.length), 4);
  extra.writeBigUInt64LE(BigInt(content.length), 12);
  extra.writeBigUInt64LE(0n, 20);
  for (const field of [20, 24, 42]) zip.writeUInt32LE(0xffffffff, central + field);
  zip.writeUInt16LE(extra.length, central + 30);

  const end64 = Buffer.alloc(56);
  end64.write('PK\x06\x06', 'latin1');
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(central), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(end + extra.length), 8);
  zip.writeUInt32LE(0xffffffff, end + 16);
  return Buffer.concat([zip.subarray(0, end), extra, end64, locator, zip.subarray(end)]);
}
