import type { StageContext } from '../definition.ts';
import type { Evidence } from '../evidence.ts';
import { findExact } from './find-text.ts';

/** Units in which an exact text stands, in the order of the documents. */
export function exactEvidence(
  { documents }: Pick<StageContext, 'documents'>,
  text: string,
): Evidence[] {
  return documents.flatMap(({ units }) =>
    units.flatMap((unit): Evidence[] => {
      const [first] = findExact(text, unit.text);
      if (first === undefined) return [];
      return [{ unitId: unit.id, quote: unit.text.slice(first.from, first.to) }];
    }),
  );
}
