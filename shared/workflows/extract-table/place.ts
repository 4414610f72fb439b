import { documentIdOfUnit, type UnitId } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { StageContext } from '../definition.ts';

/** A place in words that names one unit and no other: of a row, which one it is in which table. */
export function exactPlace(unitId: UnitId, { unit: unitOf }: Pick<StageContext, 'unit'>): string {
  const unit = unitOf(unitId);
  if (unit === undefined) return unitId;
  const { locator, table } = unit;
  const place = describeLocator(locator);
  if (locator.kind === 'sheet') return place;
  if (locator.kind === 'record') return `record ${locator.record}`;
  if (table !== undefined) return `${place}, table ${table.table}, row ${table.row}`;
  if ('paragraph' in locator) return `${place}, paragraph ${locator.paragraph}`;
  return 'line' in locator ? `${place}, line ${locator.line}` : place;
}

export function documentNames({ documents }: Pick<StageContext, 'documents'>) {
  const names = new Map<string, string>(documents.map(({ id, name }) => [id, name]));
  return (unitId: UnitId) => names.get(documentIdOfUnit(unitId)) ?? '';
}
