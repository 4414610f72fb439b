import pdfmake from 'pdfmake';
import robotoFiles from 'pdfmake/build/vfs_fonts.js';
import { sentences } from './sample-text.ts';

const sections = 600;

/** A paper of about 150 pages with headings, lists and tables. */
export async function writeSamplePdf(): Promise<Uint8Array> {
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  for (const [name, content] of Object.entries(robotoFiles)) {
    pdfmake.virtualfs.writeFileSync(name, Buffer.from(content, 'base64'));
  }
  const roboto = { normal: 'Roboto-Regular.ttf', bold: 'Roboto-Medium.ttf' };
  pdfmake.setFonts({ Roboto: roboto });
  const pdf = pdfmake.createPdf({
    info: { title: 'Depots', creationDate: new Date('2026-01-12T09:00:00Z') },
    defaultStyle: { font: 'Roboto', fontSize: 10 },
    content: Array.from({ length: sections }, (_, index) => [
      { text: `${index + 1} Depot`, bold: true, fontSize: 14, margin: [0, 10, 0, 4] },
      { text: sentences(index, 6) },
      { ul: [sentences(index, 1), sentences(index + 1, 1)] },
      {
        table: {
          body: [
            ['Quarter', 'Wagons', 'Cost'],
            ...[1, 2, 3].map((quarter) => [`Q${quarter}`, `${index * 31}`, `${index * quarter}`]),
          ],
        },
      },
    ]).flat(),
  });
  return await pdf.getBuffer();
}
