/** Text of every page of a PDF, its lines joined by spaces. */
export async function pdfPages(bytes: Uint8Array): Promise<string[]> {
  // Without these pdf.js wants a native canvas as soon as it is loaded; for text they are never used.
  for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: class {} });
  }
  addWithResolvers();
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    verbosity: 0,
  });
  const pdf = await loading.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : ''));
    pages.push(text.join('').replace(/\s+/g, ' '));
  }
  await loading.destroy();
  return pages;
}

/** pdf.js expects a newer Node than the oldest that this project runs on. */
function addWithResolvers(): void {
  if ('withResolvers' in Promise) return;
  Object.defineProperty(Promise, 'withResolvers', {
    value<T>() {
      let settle = {};
      const promise = new Promise<T>((resolve, reject) => {
        settle = { resolve, reject };
      });
      return { promise, ...settle };
    },
  });
}
