import { linkedParts } from '../../test/support/docx-parts.ts';
import { chartPart, makePptx, makeXlsx, shape } from '../../test/support/edit-files.ts';
import { makeDocx, paragraph, run } from '../../test/support/office-files.ts';

/** A file with every text that it holds, as a reader sees it. */
export interface PlantedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** To be translated. */
  readonly texts: readonly string[];
  /** To be left as they are: figures, codes, addresses, placeholders. */
  readonly kept: readonly string[];
}

/** The glossary of the planted files: each term is in every one of them. */
export const plantedGlossary = [
  { term: 'service agreement', translations: { de: 'Dienstvertrag', fr: 'contrat de service' } },
  { term: 'invoice', translations: { de: 'Rechnung', fr: 'facture' } },
];

/** Words that no file may have changed. */
export const plantedNames = ['Acme Rail', 'Nordhafen'];

/** One file of each format, with texts in all places that a file of that format has. */
export function plantedFiles(): PlantedFile[] {
  const encode = (text: string) => new TextEncoder().encode(text);
  return [
    planted('study.docx', (say) => docx(say)),
    planted('deck.pptx', (say) => pptx(say)),
    planted('costs.xlsx', (say) => xlsx(say)),
    planted('page.html', (say) => encode(html(say))),
    planted('notes.md', (say) => encode(markdown(say))),
    planted('talk.vtt', (say) => encode(vtt(say))),
    planted('film.srt', (say) => encode(srt(say))),
  ];
}

interface Say {
  /** A text that is to be translated, never the same twice. */
  (place: string): string;
  /** A text that is to stay. */
  keep(text: string): string;
}

function planted(name: string, make: (say: Say) => Uint8Array): PlantedFile {
  const texts: string[] = [];
  const kept: string[] = [];
  const say = Object.assign(
    (place: string) => {
      const text = sentence(place, texts.length, name);
      texts.push(text);
      return text;
    },
    {
      keep(text: string) {
        kept.push(text);
        return text;
      },
    },
  );
  const bytes = make(say);
  return { name, bytes, texts, kept };
}

/** Each fourth has a term, each fifth a name, each sixth a placeholder, each seventh an address; all of them have figures. */
function sentence(place: string, index: number, name: string): string {
  const figure = `${index + 3}.5 percent of 1,${String(200 + index)} wagons in ${2001 + index}`;
  return [
    `The ${place} of ${name.replace('.', ' ')} says that ${figure} were late`,
    index % 4 === 0 ? 'under the service agreement and each invoice' : '',
    index % 5 === 0 ? 'for Acme Rail in Nordhafen' : '',
    index % 6 === 0 ? 'as {customer} was told' : '',
    index % 7 === 0 ? 'at https://example.org/report?id=7' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** A paragraph whose middle is in bold, so that its segment has tags. */
function bold(text: string): string {
  const cut = text.indexOf('percent');
  return `<w:p>${run(text.slice(0, cut))}${run('percent', '<w:b/>')}${run(text.slice(cut + 7))}</w:p>`;
}

function docx(say: Say): Uint8Array {
  const parts = linkedParts([
    { type: 'header', root: 'w:hdr', content: paragraph(say('page header')) },
    { type: 'footer', root: 'w:ftr', content: paragraph(say('page footer')) },
    {
      type: 'footnotes',
      root: 'w:footnotes',
      content: `<w:footnote w:id="2">${paragraph(say('footnote'))}</w:footnote>`,
    },
    {
      type: 'endnotes',
      root: 'w:endnotes',
      content: `<w:endnote w:id="2">${paragraph(say('endnote'))}</w:endnote>`,
    },
    {
      type: 'comments',
      root: 'w:comments',
      content: `<w:comment w:id="1" w:author="Anna">${paragraph(say('comment'))}</w:comment>`,
    },
  ]);
  const chart = chartPart(say('chart title'), say('chart series'));
  const body = [
    paragraph(say('heading'), '<w:pStyle w:val="Heading1"/>'),
    ...Array.from({ length: 40 }, (_, index) => bold(say(`paragraph ${index}`))),
    `<w:p>${run(say('sentence before the notes'))}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>`,
    `<w:tbl><w:tr><w:tc>${paragraph(say('table head'))}</w:tc><w:tc>${paragraph(say.keep('1,240.50'))}</w:tc></w:tr><w:tr><w:tc>${paragraph(say('table cell'))}</w:tc><w:tc>${paragraph(say.keep('INV-2024-001'))}</w:tc></w:tr></w:tbl>`,
    `<w:p><w:r><w:pict><v:shape alt="${say('alt text')}"><v:textbox><w:txbxContent>${paragraph(say('text box'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`,
    '<w:p><w:r><w:drawing><a:graphic><a:graphicData><c:chart r:id="chart1"/></a:graphicData></a:graphic></w:drawing></w:r></w:p>',
    paragraph(say.keep('https://example.org/a')),
    '<w:sectPr><w:headerReference w:type="default" r:id="part1"/><w:footerReference w:type="default" r:id="part2"/></w:sectPr>',
  ];
  return makeDocx({
    body: body.join(''),
    title: say('title'),
    files: { ...parts.files, 'content/chart1.xml': chart },
    relationships: `${parts.relationships}<Relationship Id="chart1" Type="x/chart" Target="chart1.xml"/>`,
  });
}

function pptx(say: Say): Uint8Array {
  const line = (text: string) => `<a:p><a:r><a:rPr lang="en"/><a:t>${text}</a:t></a:r></a:p>`;
  const styled = (text: string) => {
    const cut = text.indexOf('percent');
    return `<a:p><a:r><a:t>${text.slice(0, cut)}</a:t></a:r><a:r><a:rPr b="1"/><a:t>percent</a:t></a:r><a:r><a:t>${text.slice(cut + 7)}</a:t></a:r></a:p>`;
  };
  const drawing =
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
  const notes = `<p:notes ${drawing}><p:cSld><p:spTree>${shape(2, line(say('speaker notes')))}</p:spTree></p:cSld></p:notes>`;
  const comments = `<p:cmLst ${drawing}><p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>${say('comment')}</p:text></p:cm></p:cmLst>`;
  const table = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="8" name="Table"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tr h="1"><a:tc><a:txBody>${line(say('table cell'))}</a:txBody></a:tc><a:tc><a:txBody>${line(say.keep('42 %'))}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const chart = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Chart"/></p:nvGraphicFramePr><a:graphic><a:graphicData><c:chart r:id="r3"/></a:graphicData></a:graphic></p:graphicFrame>`;
  const shapes = [
    shape(2, line(say('slide title'))),
    ...Array.from({ length: 20 }, (_, index) => shape(20 + index, styled(say(`bullet ${index}`)))),
    shape(3, line(say('shape with a description')), say('description of a shape')),
    table,
    chart,
  ];
  return makePptx(shapes.join(''), [
    ['notesSlide', notes],
    ['comments', comments],
    ['chart', chartPart(say('chart title'), say('chart series'))],
  ]);
}

function xlsx(say: Say): Uint8Array {
  const count = 30;
  const strings = Array.from({ length: count }, (_, index) => `<t>${say(`cell ${index}`)}</t>`);
  const rows = strings.map(
    (_, index) =>
      `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index}</v></c><c r="B${index + 1}"><v>${index}</v></c><c r="C${index + 1}"><f>SUM(Costs!B1:B9)</f><v>1</v></c></row>`,
  );
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const comments = `<comments xmlns="${main}"><commentList><comment ref="B2" authorId="0"><text><t>${say('comment')}</t></text></comment></commentList></comments>`;
  const sheet = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"';
  const drawing = `<xdr:wsDr ${sheet} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="Box" descr="${say('alt text')}"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>${say('text box')}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`;
  const chart = chartPart(say('chart title'), 'kept of a cell');
  return makeXlsx(rows.join(''), {
    strings,
    linked: [
      ['comments', comments],
      ['drawing', drawing],
    ],
    rest: `<headerFooter><oddHeader>&amp;C${say('page header')}</oddHeader></headerFooter>`,
    more: {
      links: { 'book/part2.xml': [['chart', 'chart.xml']] },
      parts: { 'book/chart.xml': chart },
    },
  });
}

function html(say: Say): string {
  const lines = Array.from({ length: 12 }, (_, index) => {
    const text = say(`paragraph ${index}`);
    return `<p>${text.replace('percent', '<b>percent</b>')}</p>`;
  });
  return `<!doctype html><html><head><title>${say('title')}</title></head><body><h1>${say('heading')}</h1>${lines.join('\n')}<table><tr><th>${say('table head')}</th><td>${say.keep('12.5')}</td></tr></table><ul><li>${say('list item')}</li></ul><img src="a.png" alt="${say('alt text')}"></body></html>`;
}

function markdown(say: Say): string {
  const lines = Array.from({ length: 12 }, (_, index) =>
    say(`paragraph ${index}`).replace('percent', '**percent**'),
  );
  return `# ${say('heading')}\n\n${lines.join('\n\n')}\n\n- ${say('list item')}\n\n| ${say('table head')} | ${say.keep('12.5')} |\n|---|---|\n| ${say('cell')} | ${say.keep('A-17')} |\n`;
}

function vtt(say: Say): string {
  const cues = Array.from(
    { length: 12 },
    (_, index) =>
      `00:${String(index + 10)}.000 --> 00:${String(index + 10)}.900\n<v Ben>${say(`cue ${index}`).replace('percent', '<i>percent</i>')}\n`,
  );
  return `WEBVTT\n\n${cues.join('\n')}`;
}

function srt(say: Say): string {
  const cues = Array.from(
    { length: 12 },
    (_, index) =>
      `${index + 1}\n00:00:${String(index + 10)},000 --> 00:00:${String(index + 10)},900\n${say(`cue ${index}`)}\n`,
  );
  return cues.join('\n');
}
