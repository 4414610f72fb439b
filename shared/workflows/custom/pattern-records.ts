import * as z from 'zod';
import { documentIdOfUnit } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import type { DefinitionOf } from './definition.ts';
import { exactEvidence } from './exact-evidence.ts';
import { findExact } from './find-text.ts';
import type { Item, Output } from './outputs.ts';
import { findPattern } from './patterns.ts';
import { joined } from './records.ts';

const Values = z.record(z.string(), z.unknown());
const Known = z.looseObject({});

/**
 * Adds a record for each text that a pattern finds and no record has: what can be told by its form does not depend on what the model has
 * noticed.
 */
export function addPatterns(
  context: StageContext,
  { patterns }: Pick<DefinitionOf<'verify'>, 'patterns'>,
  items: readonly Item[],
): Pick<Output, 'items' | 'added'> {
  const texts = context.documents.flatMap(({ units }) => units.map(({ text }) => text));
  const all = [...items];
  let added = 0;
  for (const { pattern, list, field, with: given } of patterns) {
    const found = new Set(texts.flatMap((text) => findPattern(pattern, text)));
    for (const text of found) {
      if (isKnown(all, { list, field, text })) continue;
      all.push(itemWith(context, { number: all.length + 1, list, field, given, text }));
      added += 1;
    }
  }
  return { items: all, added };
}

/** Whether a record has the text, or a longer one that it stands in. */
function isKnown(
  items: readonly Item[],
  { list, field, text }: { list: string; field: string; text: string },
): boolean {
  return items.some(({ value }) => {
    const records = Known.safeParse(value).data?.[list];
    return (Array.isArray(records) ? records : []).some((record) => {
      const own = Values.safeParse(record).data?.[field];
      return typeof own === 'string' && findExact(text, own).length > 0;
    });
  });
}

function itemWith(
  context: StageContext,
  {
    number,
    list,
    field,
    given,
    text,
  }: {
    number: number;
    list: string;
    field: string;
    given: Readonly<Record<string, string>>;
    text: string;
  },
): Item {
  const evidence = exactEvidence(context, text);
  const [first] = evidence;
  return {
    id: `p${number}`,
    ...(first === undefined
      ? {}
      : { documentId: documentIdOfUnit(first.unitId), firstUnit: first.unitId }),
    value: { [list]: [{ ...given, [field]: text }] },
    evidence: { [joined(joined(list, 0), field)]: evidence },
    unsupported: [],
  };
}
