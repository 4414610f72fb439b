import { sheetLimits } from '../../limits.ts';
import { type CellRange, parseA1 } from '../sheet/a1.ts';
import type { WorkbookText } from '../sheet/add-sheets.ts';
import type { Notices } from '../sheet/notices.ts';
import type { DefinedName } from './workbook.ts';

/** `VatRate = Costs!$B$3` for every name that is shown: not those of the program itself, and not those that lead nowhere any more. */
export function readNames(
  names: readonly DefinedName[],
  sheetNames: readonly string[],
  notices: Notices,
): WorkbookText[] {
  const shown = names.filter(
    ({ name, refersTo, isHidden }) =>
      !isHidden && !name.startsWith('_xlnm.') && refersTo !== '' && !refersTo.includes('#REF!'),
  );
  notices.add({
    code: 'unsupported-part',
    message: `More than ${sheetLimits.definedNames} defined names: the others are not listed.`,
    count: Math.max(0, shown.length - sheetLimits.definedNames),
  });
  return shown.slice(0, sheetLimits.definedNames).map(({ name, refersTo, sheet }) => {
    const place = placeOf(refersTo);
    const index = place === undefined ? -1 : sheetNames.indexOf(place.sheet);
    return {
      kind: 'paragraph',
      text: `${name} = ${refersTo}`,
      sheet: index < 0 ? sheet : index,
      range: index < 0 || place === undefined ? firstCell : place.range,
    };
  });
}

/** Last of the rows that repeat on every printed page of a sheet; 0 for none. */
export function printTitleRowOf(names: readonly DefinedName[], sheet: number): number {
  const titles = names.find((each) => each.name === '_xlnm.Print_Titles' && each.sheet === sheet);
  const rows = (titles?.refersTo ?? '').split(',').find((part) => /!\$?\d+:\$?\d+$/.test(part));
  return rows === undefined ? 0 : (placeOf(rows)?.range.bottom ?? 0);
}

const firstCell: CellRange = { top: 1, left: 0, bottom: 1, right: 0 };

function placeOf(reference: string): { sheet: string; range: CellRange } | undefined {
  const cut = reference.lastIndexOf('!');
  const range = parseA1(reference.slice(cut + 1));
  if (cut < 0 || range === undefined) return undefined;
  const name = reference.slice(0, cut);
  const sheet = /^'.*'$/.test(name) ? name.slice(1, -1).replaceAll("''", "'") : name;
  return { sheet, range };
}
