import type { UnitId } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { type Evidence, findEvidence } from '../evidence.ts';
import { unsupportedFigures } from '../figures.ts';
import { createSourceText } from '../source-text.ts';
import type { Field, ObjectField } from './answer-schema.ts';
import type { DefinitionOf, WorkflowDefinition } from './definition.ts';
import { exactEvidence } from './exact-evidence.ts';
import { type Dropped, type Item, type Output, outputOf } from './outputs.ts';
import { addPatterns } from './pattern-records.ts';
import { joined } from './records.ts';
import { shapesOf } from './shapes.ts';

/**
 * Finds every quote and every exact text in the documents (I8). A record of a list that has one that stands nowhere is dropped, and
 * counted; an answer as a whole stays, since it may stand for a document, and loses the text.
 */
export function verifyStage(
  definition: WorkflowDefinition,
  stage: DefinitionOf<'verify'>,
): CodeStage {
  const schema = shapesOf(definition).get(stage.of)?.field;
  return {
    kind: 'code',
    name: stage.name,
    title: stage.title ?? 'Checking every quote',
    run(context): Output {
      const { items, failedCalls, unmerged } = outputOf(context, stage.of);
      const dropped: Dropped[] = [];
      const checked = items.map((item) => {
        const check = createCheck(context, { stage, item });
        const value = schema === undefined ? item.value : check.field(schema, item.value, '');
        dropped.push(...check.dropped);
        return { ...item, value, evidence: check.evidence, unsupported: check.unsupported };
      });
      const whole = addPatterns(context, stage, checked);
      return { ...whole, failedCalls, unmerged, dropped };
    },
  };
}

type FieldOfText = Extract<Field, { type: 'string' }>;

interface Checked {
  readonly evidence: Record<string, Evidence[]>;
  readonly unsupported: string[];
  readonly dropped: Dropped[];
}

interface Check extends Checked {
  field(field: Field, value: unknown, pointer: string): unknown;
}

interface CheckedRecord {
  readonly value: unknown;
  readonly fault: Dropped['reason'] | undefined;
}

function createCheck(
  context: StageContext,
  { stage, item }: { stage: DefinitionOf<'verify'>; item: Item },
): Check {
  const checked: Checked = { evidence: {}, unsupported: [], dropped: [] };
  const place = placeOf(context, item);
  const drop = (reason: Dropped['reason']) => {
    checked.dropped.push({ stage: stage.of, place, reason });
  };

  function checkField(field: Field, value: unknown, pointer: string): unknown {
    if (field.type === 'array') return checkList(field, value, pointer);
    if (field.type !== 'object') return value;
    const record = checkRecord(field, value, pointer);
    if (record.fault !== undefined && pointer === '') {
      drop(record.fault);
      checked.unsupported.push(pointer);
    }
    return record.value;
  }

  function checkList(
    { items }: Extract<Field, { type: 'array' }>,
    value: unknown,
    pointer: string,
  ): unknown[] {
    const kept: unknown[] = [];
    for (const each of Array.isArray(value) ? value : []) {
      // Evidence is kept under the place that the record gets when others before it are gone.
      const at = joined(pointer, kept.length);
      const { value: entry, fault }: CheckedRecord =
        items.type === 'object'
          ? checkRecord(items, each, at)
          : { value: checkField(items, each, at), fault: undefined };
      if (fault === undefined) {
        kept.push(entry);
        continue;
      }
      drop(fault);
      forget(checked, at);
    }
    return kept;
  }

  function checkRecord(field: ObjectField, value: unknown, pointer: string): CheckedRecord {
    const values = { ...(value as Record<string, unknown>) };
    const own = findTexts(context, { field, values, pointer, item });
    const isTrue =
      !stage.figures || hasSupportedFigures(context, { field, values, found: own.found });
    Object.assign(checked.evidence, own.found);
    for (const name of own.missing) delete values[name];
    for (const [name, property] of Object.entries(field.properties)) {
      if (values[name] === undefined) continue;
      values[name] = own.texts[name] ?? checkField(property, values[name], joined(pointer, name));
    }
    return { value: values, fault: faultOf(own, isTrue) };
  }

  return { ...checked, field: checkField };
}

function faultOf({ missing }: FoundTexts, isTrue: boolean): Dropped['reason'] | undefined {
  if (missing.length > 0) return 'quote-not-found';
  return isTrue ? undefined : 'figure-not-in-source';
}

/** A record within one that is dropped goes with it. */
function forget({ evidence }: Checked, pointer: string): void {
  for (const at of Object.keys(evidence)) {
    if (at === pointer || at.startsWith(`${pointer}/`)) delete evidence[at];
  }
}

interface FoundTexts {
  /** By pointer. */
  readonly found: Record<string, Evidence[]>;
  /** As they stand in the source, by name. */
  readonly texts: Record<string, string>;
  readonly missing: string[];
}

function findTexts(
  context: StageContext,
  {
    field,
    values,
    pointer,
    item,
  }: {
    field: ObjectField;
    values: Readonly<Record<string, unknown>>;
    pointer: string;
    item: Item;
  },
): FoundTexts {
  const texts: FoundTexts = { found: {}, texts: {}, missing: [] };
  for (const [name, property] of Object.entries(field.properties)) {
    const text = values[name];
    if (property.type !== 'string' || typeof text !== 'string') continue;
    if (property.format !== 'quote' && property.format !== 'exact') continue;
    const evidence = evidenceOf(context, { text, property, item, claim: claimOf(values) });
    const [first] = evidence;
    if (first === undefined) {
      texts.missing.push(name);
      continue;
    }
    texts.found[joined(pointer, name)] = evidence;
    texts.texts[name] = first.quote;
  }
  return texts;
}

/** Most places of one text that are kept; all of them are replaced, where texts are replaced. */
const maxEvidence = 20;

function evidenceOf(
  context: StageContext,
  {
    text,
    property,
    item,
    claim,
  }: { text: string; property: FieldOfText; item: Item; claim: string },
): Evidence[] {
  if (property.format === 'quote') {
    const found =
      findEvidence(within(context, item), { quote: text, unit: item.firstUnit ?? '', claim }) ??
      findEvidence(context, { quote: text, unit: '', claim });
    return found === undefined ? [] : [found];
  }
  return exactEvidence(context, text).slice(0, maxEvidence);
}

/** The documents of the question only: two letters may say the same. */
function within(context: StageContext, { documentId }: Item): StageContext {
  if (documentId === undefined) return context;
  const documents = context.documents.filter(
    ({ id }) => id === documentId || id.startsWith(`${documentId}a`),
  );
  return { ...context, documents };
}

function claimOf(values: Readonly<Record<string, unknown>>): string {
  return Object.values(values)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join(' ');
}

/** Whether every figure of the record's own texts stands around one of its quotes. */
function hasSupportedFigures(
  context: StageContext,
  {
    field,
    values,
    found,
  }: {
    field: ObjectField;
    values: Readonly<Record<string, unknown>>;
    found: FoundTexts['found'];
  },
): boolean {
  const units = Object.values(found)
    .flat()
    .flatMap(({ unitId }) => context.unit(unitId) ?? []);
  if (units.length === 0) return true;
  const sources = units.flatMap((unit) => createSourceText(context.documents).around(unit));
  return Object.entries(field.properties).every(([name, property]) => {
    const isFree =
      property.type === 'string' && property.enum === undefined && property.format !== 'date';
    const isFigure = property.type === 'number' || property.type === 'integer';
    const value = values[name];
    if (value === undefined || (!isFree && !isFigure)) return true;
    return unsupportedFigures(String(value), sources).length === 0;
  });
}

/** Where the text of an answer's question begins. */
export function placeOf(
  context: Pick<StageContext, 'unit' | 'documents'>,
  { documentId, firstUnit }: { documentId?: string | undefined; firstUnit?: UnitId | undefined },
): string {
  const name = context.documents.find(({ id }) => id === documentId)?.name ?? '';
  const unit = firstUnit === undefined ? undefined : context.unit(firstUnit);
  return [name, ...(unit === undefined ? [] : [describeLocator(unit.locator)])]
    .filter((text) => text !== '')
    .join(', ');
}
