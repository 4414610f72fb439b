import { describe, expect, it } from '@jest/globals';
import { readDocuments } from '#shared/documents/read-document.ts';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import {
  binaryProperty,
  fixedProperties,
  makeMsg,
  type RawStorage,
  textProperty,
} from '../../../support/msg-files.ts';
import { sourceFile } from '../../../support/office-files.ts';

function read(bytes: Uint8Array): Promise<readonly Document[]> {
  return readDocuments(sourceFile('mail.msg', bytes), DocumentFormat.options);
}

/** 3 March 2026, 09:15:00 UTC in steps of 100 ns from 1601. */
const sent = (1_772_529_300n + 11_644_473_600n) * 10_000_000n;
const rtf = Buffer.from(
  '{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 From the {\\*\\htmltag84 <b>}letter{\\*\\htmltag92 </b>} &\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}',
);

function message(headerSize: number, more: RawStorage): RawStorage {
  return {
    ...fixedProperties(headerSize, [{ tag: 0x0039_0040, value: sent }]),
    ...textProperty('0037', 'Offer'),
    ...textProperty('0C1A', 'Ann'),
    ...textProperty('5D01', 'ann@example.org'),
    '__recip_version1.0_#00000000': {
      ...fixedProperties(8, [{ tag: 0x0c15_0003, value: 2n }]),
      ...textProperty('3001', 'Bo'),
      ...textProperty('39FE', 'bo@example.org'),
    },
    ...more,
  };
}

/** RTF that says that it is not compressed (MS-OXRTFCP 2.1.3.1.1). */
function plainRtf(text: Buffer): Uint8Array {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(text.length + 12, 0);
  head.writeUInt32LE(text.length, 4);
  head.write('MELA', 8);
  return new Uint8Array(Buffer.concat([head, text]));
}

describe('a message of Outlook', () => {
  it('has its fields and the body in the form that says most', async () => {
    const [mail] = await read(
      makeMsg(
        message(32, {
          ...textProperty('1000', 'From the letter'),
          ...binaryProperty('1009', plainRtf(rtf)),
        }),
      ),
    );

    expect(mail?.units.map((unit) => unit.text)).toEqual([
      'From: Ann <ann@example.org>',
      'Cc: Bo <bo@example.org>',
      'Date: 2026-03-03T09:15:00Z',
      'Subject: Offer',
      'From the letter &',
    ]);
  });

  it('brings its attachments, a message within it as one of its own', async () => {
    const inner = message(24, textProperty('1000', 'The inner text'));
    const documents = await read(
      makeMsg(
        message(32, {
          ...textProperty('1000', 'See below'),
          '__attach_version1.0_#00000000': {
            ...fixedProperties(8, []),
            ...textProperty('3001', 'Inner'),
            '__substg1.0_3701000D': inner,
          },
          '__attach_version1.0_#00000001': {
            ...fixedProperties(8, []),
            ...textProperty('3707', 'notes.txt'),
            ...binaryProperty('3701', new Uint8Array(Buffer.from('Some notes.'))),
          },
        }),
      ),
    );

    expect(documents.map(({ name }) => name)).toEqual(['mail.msg', 'Inner.msg', 'notes.txt']);
    expect(documents[1]?.units.map((unit) => unit.text)).toEqual(
      expect.arrayContaining(['Subject: Offer', 'Date: 2026-03-03T09:15:00Z', 'The inner text']),
    );
  });

  it('whose bytes are changed anywhere is read or refused with a code, and never hangs', async () => {
    const bytes = makeMsg(message(32, textProperty('1000', 'A text '.repeat(800))));
    const untyped: number[] = [];
    for (let at = 24; at < bytes.length; at += Math.ceil(bytes.length / 150)) {
      const damaged = bytes.slice();
      damaged.fill(at % 2, at, at + 4);
      await read(damaged).catch((error: unknown) => {
        if (!isQuireError(error)) untyped.push(at);
      });
    }

    expect(untyped).toEqual([]);
  });

  it('with a chain of sectors that runs in a circle is refused', async () => {
    const bytes = makeMsg(message(32, textProperty('1000', 'A text '.repeat(800))));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const table = (view.getInt32(76, true) + 1) * 512;
    const directory = view.getInt32(48, true);
    view.setInt32(table + directory * 4, directory, true);

    await expect(read(bytes)).rejects.toMatchObject({ code: 'corrupt_file' });
  });
});
