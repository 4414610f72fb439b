import { describe, expect, it } from '@jest/globals';
import { DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { pdfCiphers, protectedPdf } from '../../../support/protected-pdf.ts';
import { readDocument } from '../../../support/read-document.ts';

describe.each(pdfCiphers)('a PDF that is encrypted with $cipher', ({ version }) => {
  it('is refused when it asks for a password', async () => {
    const bytes = await protectedPdf('Nobody may see this.', { version, userPassword: 'secret' });

    expect(Buffer.from(bytes).includes('/Encrypt')).toBe(true);
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'password_protected',
      message: expect.stringContaining('Remove the password'),
    });
  });

  it('is read when its password is only for changing it', async () => {
    const bytes = await protectedPdf('Anybody may read this.', {
      version,
      ownerPassword: 'secret',
    });

    const { units } = await read(bytes);

    expect(Buffer.from(bytes).includes('/Encrypt')).toBe(true);
    expect(units.map(({ text }) => text)).toEqual(['Anybody may read this.']);
  });
});

function read(bytes: Uint8Array) {
  return readDocument(sourceFile('protected.pdf', bytes), DocumentFormat.options);
}
