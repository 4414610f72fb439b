// pdfmake has no types of its own; these are the parts that the examples use.
declare module 'pdfmake' {
  interface PdfMake {
    readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
    setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
  }
  const pdfmake: PdfMake;
  export = pdfmake;
}

declare module 'pdfmake/build/vfs_fonts.js' {
  const fonts: Readonly<Record<string, string>>;
  export = fonts;
}
