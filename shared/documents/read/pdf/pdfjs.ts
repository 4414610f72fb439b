import './pdfjs-globals.ts';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AnnotationMode,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { WorkerMessageHandler } from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { QuireError } from '#shared/domain/errors.ts';

// With the worker's code at hand PDF.js runs it here and starts no thread, which a bundle could not find the file of.
Object.assign(globalThis, { pdfjsWorker: { WorkerMessageHandler } });

export type { PDFDocumentProxy, PDFPageProxy };
export { AnnotationMode };
export type OptionalContentConfig = Awaited<
  ReturnType<PDFDocumentProxy['getOptionalContentConfig']>
>;

/** Opens a PDF. Nothing in it is executed or fetched. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const data = dataDirectory();
  try {
    return await getDocument({
      // PDF.js takes the buffer over; the caller's stays as it is.
      data: bytes.slice(),
      useSystemFonts: false,
      disableFontFace: true,
      stopAtErrors: false,
      // Pictures are never unpacked: one may be larger than the memory.
      maxImageSize: 1,
      verbosity: 0,
      ...(data === undefined
        ? {}
        : {
            cMapUrl: `${join(data, 'cmaps')}/`,
            cMapPacked: true,
            standardFontDataUrl: `${join(data, 'standard_fonts')}/`,
          }),
    }).promise;
  } catch (cause) {
    throw faultOf(cause);
  }
}

function faultOf(cause: unknown): QuireError {
  if (cause instanceof Error && cause.name === 'PasswordException') {
    return new QuireError(
      'password_protected',
      'Expected a PDF that opens without a password; this one asks for one. Remove the password and send it again.',
      { cause },
    );
  }
  return new QuireError(
    'corrupt_file',
    'Expected a whole PDF; it cannot be opened. Save it again and send the new file.',
    { cause },
  );
}

/** Where the character maps and font metrics are: beside the bundle of a function, or in the package. */
function dataDirectory(): string | undefined {
  const beside = dirname(fileURLToPath(import.meta.url));
  if (existsSync(join(beside, 'cmaps'))) return beside;
  try {
    return dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  } catch {
    return undefined;
  }
}
