import type { Citation } from '#shared/domain/citation.ts';
import { documentIdOfUnit } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { StageContext } from './definition.ts';
import type { Evidence } from './evidence.ts';

/** Numbers citations in the order in which they are first used. */
export interface CitationList {
  /** Ids of the citations of a claim. A quote that is cited already keeps its id. */
  cite(evidence: readonly Evidence[], claim: string): string[];
  readonly all: readonly Citation[];
}

export function createCitationList(context: StageContext): CitationList {
  const all: Citation[] = [];
  const ids = new Map<string, string>();
  const add = (evidence: Evidence, claim: string): string[] => {
    const key = `${evidence.unitId} ${evidence.quote}`;
    const known = ids.get(key);
    if (known !== undefined) return [known];
    const unit = context.unit(evidence.unitId);
    const documentId = documentIdOfUnit(evidence.unitId);
    const document = context.documents.find((each) => each.id === documentId);
    // Looked at once more where it counts (I8): only what stands in the unit is cited.
    if (unit === undefined || document === undefined || !unit.text.includes(evidence.quote)) {
      return [];
    }
    const id = `c${all.length + 1}`;
    ids.set(key, id);
    all.push({
      id,
      claim,
      quote: evidence.quote,
      documentId,
      documentName: document.name,
      unitId: unit.id,
      locator: unit.locator,
      place: describeLocator(unit.locator),
      verified: true,
    });
    return [id];
  };
  return {
    all,
    cite: (evidence, claim) => evidence.flatMap((each) => add(each, claim)),
  };
}
