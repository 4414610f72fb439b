declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  /** The part of PDF.js that parses; it is only handed over. */
  export const WorkerMessageHandler: unknown;
}
