import { QuireError } from '#shared/domain/errors.ts';
import { sheetLimits } from '../../limits.ts';

/** What may still be read of a file. A string of 32,767 characters in a million cells is stated in a few megabytes. */
export interface SheetBudget {
  /** Both counts are added to what was spent; above a limit of `sheetLimits` a `file_too_complex` error is thrown. */
  spend(cells: number, characters: number): void;
}

export function createSheetBudget(): SheetBudget {
  const spent = { cells: 0, characters: 0 };
  return {
    spend(cells, characters) {
      spent.cells += cells;
      spent.characters += characters;
      if (spent.cells > sheetLimits.cells) throw tooComplex('cells', sheetLimits.cells);
      if (spent.characters > sheetLimits.characters) {
        throw tooComplex('characters in cells', sheetLimits.characters);
      }
    },
  };
}

function tooComplex(what: string, limit: number): QuireError {
  return new QuireError(
    'file_too_complex',
    `Expected at most ${limit} ${what}, the file has more. Split it into several files.`,
    { details: { limit } },
  );
}
