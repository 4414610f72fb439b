/** What Excel can hold (“Excel specifications and limits”, and ISO 29500-1 where it says so). */
export interface ExcelLimits {
  readonly rows: number;
  readonly charactersInCell: number;
  readonly linksInSheet: number;
}

export const excelLimits: ExcelLimits = {
  rows: 1_048_576,
  charactersInCell: 32_767,
  linksInSheet: 65_530,
};

export const maxSheetNameLength = 31;
export const maxColumnTitleLength = 255;
export const maxAddressLength = 2_079;
