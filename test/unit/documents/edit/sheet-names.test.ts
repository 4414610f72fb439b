import { describe, expect, it } from '@jest/globals';
import { renameInFormula } from '#shared/documents/edit/xlsx/sheet-references.ts';
import { openXlsxForEdit } from '#shared/documents/edit/xlsx.ts';
import { chartPart, makeXlsx, partOf, type XlsxParts } from '../../../support/edit-files.ts';

const formula = (text: string) => `<row r="1"><c r="A1"><f>${text}</f><v>1</v></c></row>`;

function rename(file: Uint8Array, name: string): Uint8Array {
  const opened = openXlsxForEdit(file);
  const ids = opened.segments.filter(({ kind }) => kind === 'sheet-name').map(({ id }) => id);
  return opened.write(new Map(ids.map((id) => [id, name])));
}

describe('Renaming the sheets of a workbook', () => {
  it.each([
    ['Costs!A1+1', "'Kosten'!A1+1"],
    ["'Costs'!A1:B2", "'Kosten'!A1:B2"],
    ['SUM(Costs!A1,costs!$B$2)', "SUM('Kosten'!A1,'Kosten'!$B$2)"],
    ['SUM(Costs:Plan!A1)', "SUM('Kosten:Plan'!A1)"],
    ["SUM('Other year'!A1)", "SUM('Jahr d''été'!A1)"],
    ['"Costs!A1"&Costs!A1', '"Costs!A1"&\'Kosten\'!A1'],
    ["[1]Costs!A1+'[2]Costs'!A1", "[1]Costs!A1+'[2]Costs'!A1"],
    ['MyCosts!A1+Costs.old!A1', 'MyCosts!A1+Costs.old!A1'],
    ['T[Costs]+Costs', 'T[Costs]+Costs'],
  ])('makes of %s the formula %s', (before, after) => {
    const renames = new Map([
      ['costs', 'Kosten'],
      ['other year', "Jahr d'été"],
    ]);

    expect(renameInFormula(before, renames)).toBe(after);
  });

  it('changes formulas, defined names, print areas, rules, charts and links together', () => {
    const parts: XlsxParts = {
      workbook:
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Costs!$A$1:$B$9</definedName></definedNames>',
      rest: '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>Costs!$A$1&gt;1</formula></cfRule></conditionalFormatting><hyperlinks><hyperlink ref="A1" location="\'Costs\'!B2"/></hyperlinks>',
      linked: [['chart', chartPart('Title', 'Series')]],
    };
    const after = rename(makeXlsx(formula('Costs!A2&amp;"x"'), parts), 'Kosten &amp; mehr');

    expect(partOf(after, 'book/book.xml')).toContain('<sheet name="Kosten &amp; mehr"');
    expect(partOf(after, 'book/book.xml')).toContain("'Kosten &amp; mehr'!$A$1:$B$9<");
    const sheet = partOf(after, 'book/one.xml');
    expect(sheet).toContain('<f>\'Kosten &amp; mehr\'!A2&amp;"x"</f>');
    expect(sheet).toContain("<formula>'Kosten &amp; mehr'!$A$1&gt;1</formula>");
    expect(sheet).toContain('location="\'Kosten &amp; mehr\'!B2"');
    expect(partOf(after, 'book/part1.xml')).toContain("<c:f>'Kosten &amp; mehr'!$A$1</c:f>");
  });

  it.each([
    ['a [long]: name / with \\ signs * and ? more than 31', 'a long name with signs and more'],
    ["'quoted'", 'quoted'],
    ['History', 'History_'],
    [' ', '_'],
  ])('makes of %s the name %s, which Excel takes', (wanted, name) => {
    const after = rename(makeXlsx(''), wanted);

    expect(partOf(after, 'book/book.xml')).toContain(`name="${name}"`);
  });

  it.each([
    ['INDIRECT(A2)', 'names of sheets, which formulas make references of'],
    ['HYPERLINK("#Costs!A1")', 'names of sheets that formulas hold as a text'],
  ])('leaves names alone beside %s, and says so', (text, reason) => {
    const file = openXlsxForEdit(makeXlsx(formula(text)));

    expect(file.segments.filter(({ kind }) => kind === 'sheet-name')).toEqual([]);
    expect(file.untouched).toEqual([{ reason, count: 1 }]);
  });
});
