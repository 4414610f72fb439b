import { strToU8, type Zippable, zipSync } from 'fflate';
import { questionnaire } from '../content/questionnaire.ts';

/** Row of the headers; the questions begin below it. */
const headerRow = 4;

/**
 * A questionnaire as an Excel file, made by hand: a title above the table, cells with styles, a list to choose from, a formula that counts
 * the answers and one answer that somebody has written already. Whoever fills it in has to leave all that as it is.
 */
export function writeQuestionnaire(): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts())) files[name] = strToU8(content);
  // A date of its own, so that the bytes are the same every time.
  return zipSync(files, { level: 6, mtime: new Date('2026-01-01T00:00:00') });
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function parts(): Record<string, string> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = (content: string) =>
    `${declaration}<Relationships xmlns="${packaged}/relationships">${content}</Relationships>`;
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}" ContentType="${spreadsheet}.${type}+xml"/>`;
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook.xml', 'sheet.main')}${override('worksheets/sheet1.xml', 'worksheet')}${override('worksheets/sheet2.xml', 'worksheet')}${override('styles.xml', 'styles')}</Types>`,
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Questions" sheetId="1" r:id="rId1"/><sheet name="Notes" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml') +
        relation('rId2', 'worksheet', 'worksheets/sheet2.xml') +
        relation('rId3', 'styles', 'styles.xml'),
    ),
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': questionSheet(),
    'xl/worksheets/sheet2.xml': `${declaration}<worksheet xmlns="${main}"><sheetData><row r="1">${text('A1', 'Please answer in whole sentences.', 0)}</row></sheetData></worksheet>`,
  };
}

const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="16"/><name val="Calibri"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F4E5F"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF8E1"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1"/><xf borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fillId="3" borderId="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

function questionSheet(): string {
  const last = headerRow + questionnaire.length + 1;
  const rows = questionnaire.map(([topic, question], index) => {
    const row = headerRow + 1 + index;
    return `<row r="${row}" spans="1:4">${text(`A${row}`, topic, 3)}${text(`B${row}`, question, 3)}<c r="C${row}" s="4"/></row>`;
  });
  const done = `<row r="${last}" spans="1:4">${text(`A${last}`, 'Company', 3)}${text(`B${last}`, 'Who answers questions about this form?', 3)}${text(`C${last}`, 'The sales office, by telephone.', 4)}</row>`;
  const head = ['Topic', 'Question', 'Answer'].map((title, index) =>
    text(`${'ABC'.charAt(index)}${headerRow}`, title, 2),
  );
  return `${declaration}<worksheet xmlns="${main}"><dimension ref="A1:C${last}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="12" customWidth="1"/><col min="2" max="2" width="45" customWidth="1"/><col min="3" max="4" width="60" customWidth="1"/></cols><sheetData><row r="1">${text('A1', 'Questionnaire for suppliers', 1)}</row><row r="2">${text('A2', 'Answers given', 0)}<c r="B2"><f>COUNTA(C${headerRow + 1}:C${last})</f><v>1</v></c></row><row r="${headerRow}" spans="1:4">${head.join('')}</row>${rows.join('')}${done}</sheetData><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="A${headerRow + 1}:A${last}"><formula1>"Company,Contract,Study"</formula1></dataValidation></dataValidations></worksheet>`;
}

function text(cell: string, value: string, style: number): string {
  return `<c r="${cell}" s="${style}" t="inlineStr"><is><t>${value}</t></is></c>`;
}
