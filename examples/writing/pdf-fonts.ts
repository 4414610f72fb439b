import pdfmake from 'pdfmake';
import robotoFiles from 'pdfmake/build/vfs_fonts.js';

/** The fonts come with the package; nothing is read from disk or from the network. */
export function useRoboto(): void {
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  for (const [name, content] of Object.entries(robotoFiles)) {
    pdfmake.virtualfs.writeFileSync(name, Buffer.from(content, 'base64'));
  }
  pdfmake.setFonts({
    Roboto: {
      normal: 'Roboto-Regular.ttf',
      bold: 'Roboto-Medium.ttf',
      italics: 'Roboto-Italic.ttf',
      bolditalics: 'Roboto-MediumItalic.ttf',
    },
  });
}
