import pdfmake from 'pdfmake';
import { useRoboto } from '../../examples/writing/pdf-fonts.ts';

/** A PDF that pdfmake encrypts. The version of the format decides the cipher; see `pdfCiphers`. */
export async function protectedPdf(
  text: string,
  options: {
    readonly version: string;
    /** Asked for before the file opens. */
    readonly userPassword?: string;
    /** Asked for before it is changed or printed; it opens without. */
    readonly ownerPassword?: string;
  },
): Promise<Uint8Array> {
  useRoboto();
  const pdf = pdfmake.createPdf({
    ...options,
    info: { creationDate: new Date('2026-01-12T09:00:00Z') },
    permissions: { printing: 'lowResolution', modifying: false, copying: false },
    defaultStyle: { font: 'Roboto' },
    content: [text],
  });
  return new Uint8Array(await pdf.getBuffer());
}

/** What pdfmake encrypts with in each version of the format. */
export const pdfCiphers = [
  { cipher: 'RC4 of 40 bits', version: '1.3' },
  { cipher: 'RC4 of 128 bits', version: '1.4' },
  { cipher: 'AES of 128 bits', version: '1.6' },
  { cipher: 'AES of 256 bits', version: '1.7ext3' },
] as const;
