import { describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync } from 'fflate';
import { rewriteZip } from '#shared/documents/rewrite-zip.ts';
import { openZip } from '#shared/documents/zip.ts';
import { makeRawZip } from '../../support/office-files.ts';

const archive = makeRawZip([
  { name: 'mimetype', data: 'application/x', isStored: true },
  { name: 'a.xml', data: '<a>first</a>' },
  { name: 'B.xml', data: 'second'.repeat(1_000) },
  { name: 'c.bin', data: 'third' },
]);
const texts = (bytes: Uint8Array) =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, data]) => [name, new TextDecoder().decode(data)]),
  );

describe('rewriteZip', () => {
  it('gives the same bytes back when nothing changes', () => {
    expect(rewriteZip(archive, new Map())).toBe(archive);
  });

  it('replaces, removes and adds entries and leaves the others and their order alone', () => {
    const changed = rewriteZip(
      archive,
      new Map([
        ['A.XML', strToU8('<a>new</a>')],
        ['c.bin', undefined],
        ['d.xml', strToU8('added')],
        ['mimetype', strToU8('application/y')],
      ]),
    );

    expect(openZip(changed).names).toEqual(['mimetype', 'a.xml', 'B.xml', 'd.xml']);
    expect(texts(changed)).toEqual({
      mimetype: 'application/y',
      'a.xml': '<a>new</a>',
      'B.xml': 'second'.repeat(1_000),
      'd.xml': 'added',
    });
    expect(new TextDecoder('latin1').decode(changed.subarray(30, 51))).toBe(
      'mimetypeapplication/y',
    );
  });

  it('copies nothing from an archive that is unsafe to read', () => {
    const unsafe = makeRawZip([{ name: '../a', data: 'x' }]);

    expect(() => rewriteZip(unsafe, new Map([['b', strToU8('y')]]))).toThrow(
      expect.objectContaining({ code: 'archive_unsafe' }),
    );
  });
});
