import { type Field, hasField, isLookedFor, type ObjectField } from './answer-schema.ts';
import { checkArtifacts } from './check-artifacts.ts';
import type {
  AskingDefinition,
  DefinitionOf,
  StageDefinition,
  WorkflowDefinition,
} from './definition.ts';
import { createFaultList, type DefinitionFault, type FaultList, listNames } from './faults.ts';
import { paramTypeOf } from './params.ts';
import { globalNames, recordOf, rowNames, type Shapes, shapesOf, shapeWithin } from './shapes.ts';
import { parseTemplate, piecesIn } from './template.ts';

/** What the form alone cannot tell: the order of the stages, and whether everything that is named exists. */
export function checkDefinition(definition: WorkflowDefinition): readonly DefinitionFault[] {
  const faults = createFaultList();
  checkParams(definition, faults);
  checkOrder(definition.stages, faults);
  checkNames(definition.stages, faults);
  const shapes = shapesOf(definition);
  definition.stages.forEach((stage, index) => {
    const place: Place = { definition, index, shapes, faults };
    if (isAsking(stage)) checkAsking(stage, place);
    if (stage.kind === 'verify') checkVerify(stage, place);
    if (stage.kind === 'render') checkArtifacts(definition, { shapes, faults, stageIndex: index });
  });
  return faults.all;
}

export function isAsking(stage: StageDefinition): stage is AskingDefinition {
  return stage.kind === 'map' || stage.kind === 'model' || stage.kind === 'reduce';
}

interface Place {
  readonly definition: WorkflowDefinition;
  readonly index: number;
  readonly shapes: Shapes;
  readonly faults: FaultList;
}

function checkParams({ params }: WorkflowDefinition, faults: FaultList): void {
  const known = Object.keys(params.properties);
  params.required.forEach((name, index) => {
    if (known.includes(name)) return;
    faults.add(
      ['params', 'required', index],
      `expected one of the properties ${listNames(known)}, got ${name}`,
    );
  });
  for (const [name, { default: value, ...schema }] of Object.entries(params.properties)) {
    if (value === undefined) continue;
    if (paramTypeOf(schema).safeParse(value).success) continue;
    faults.add(
      ['params', 'properties', name, 'default'],
      `expected a value that the property itself takes (${schema.type}), got another`,
    );
  }
}

/** The order that the kinds have to stand in; the stages that ask and verify stand between. */
function checkOrder(stages: readonly StageDefinition[], faults: FaultList): void {
  const firstAsking = stages.findIndex(isAsking);
  if (firstAsking === -1) {
    faults.add(['stages'], 'expected a stage that asks the model (map, model or reduce), got none');
  }
  if (stages.at(-1)?.kind !== 'render') {
    faults.add(
      ['stages', stages.length - 1],
      'expected the last stage to be of kind render, so that something is delivered',
    );
  }
  stages.forEach((_, index) => {
    checkPosition(stages, { index, firstAsking, faults });
    checkApproval(stages, { index, firstAsking, faults });
  });
}

const kindsOnce: readonly string[] = ['read', 'split', 'approve', 'render'];

function checkPosition(
  stages: readonly StageDefinition[],
  { index, firstAsking, faults }: { index: number; firstAsking: number; faults: FaultList },
): void {
  const kind = stages[index]?.kind ?? '';
  const place = ['stages', index, 'kind'];
  const isAgain = stages.slice(0, index).some((stage) => stage.kind === kind);
  if (isAgain && kindsOnce.includes(kind)) {
    faults.add(place, `expected one stage of kind ${kind}, got another`);
  }
  if (kind === 'read' && index > 0) faults.add(place, 'expected read to be the first stage');
  if (kind === 'render' && index < stages.length - 1) {
    faults.add(place, 'expected render to be the last stage');
  }
  if (kind === 'split' && firstAsking !== -1 && index > firstAsking) {
    faults.add(place, 'expected split before the first stage that asks the model');
  }
}

function checkApproval(
  stages: readonly StageDefinition[],
  { index, firstAsking, faults }: { index: number; firstAsking: number; faults: FaultList },
): void {
  const stage = stages[index];
  if (stage?.kind !== 'approve') return;
  if (stage.what === 'plan' && index > firstAsking) {
    faults.add(
      ['stages', index, 'what'],
      'expected the approval of a plan before the first stage that asks the model',
    );
  }
  if (stage.what === 'final' && stages.slice(index).some(isAsking)) {
    faults.add(
      ['stages', index, 'what'],
      'expected the approval of the final result behind all stages that ask the model',
    );
  }
}

/** `delivery` is what the last step keeps for itself. */
const reservedNames: readonly string[] = [...globalNames, ...rowNames, 'delivery'];

function checkNames(stages: readonly StageDefinition[], faults: FaultList): void {
  const seen = new Map<string, number>();
  stages.forEach(({ name, kind }, index) => {
    const place = ['stages', index, 'name'];
    const first = seen.get(name);
    if (first !== undefined) {
      faults.add(place, `expected a name of its own, got ${name} like stages[${first}]`);
    } else seen.set(name, index);
    if (reservedNames.includes(name)) {
      faults.add(place, `expected a name that means nothing else, got ${name}`);
    }
    // States of a machine are called by stage and work: Run…Calls, Plan…, …Complete.
    if (kind !== 'render' && /-(?:workers|calls|complete|pause|answers|remain|done)$/.test(name)) {
      faults.add(
        place,
        'expected a name that does not end in -workers, -calls, -complete, -pause, -answers, -remain or -done; the state machine has states of these names',
      );
    }
  });
}

function checkAsking(stage: AskingDefinition, place: Place): void {
  const { index, definition, faults } = place;
  checkRequired(stage.schema, ['stages', index, 'schema'], faults);
  checkPrompt(stage.prompt, { definition, index, faults });
  if (stage.kind === 'model') {
    stage.from?.forEach((name, position) => {
      checkEarlier(name, ['stages', index, 'from', position], place);
    });
  }
  if (stage.kind === 'reduce') checkEarlier(stage.from, ['stages', index, 'from'], place);
}

function checkEarlier(name: string, path: readonly (string | number)[], place: Place): boolean {
  const { definition, index, faults, shapes } = place;
  const earlier = definition.stages.slice(0, index).map((stage) => stage.name);
  if (earlier.includes(name) && shapes.has(name)) return true;
  const known = earlier.filter((each) => shapes.has(each));
  faults.add(
    path,
    known.length === 0
      ? `expected an earlier stage that asks the model, got ${name} and there is none before this stage`
      : `expected one of the earlier stages ${listNames(known)}, got ${name}`,
  );
  return false;
}

function checkRequired(field: Field, path: readonly (string | number)[], faults: FaultList): void {
  if (field.type === 'array') checkRequired(field.items, [...path, 'items'], faults);
  if (field.type !== 'object') return;
  const known = Object.keys(field.properties);
  if (known.length === 0) faults.add([...path, 'properties'], 'expected at least one property');
  field.required?.forEach((name, index) => {
    if (known.includes(name)) return;
    faults.add(
      [...path, 'required', index],
      `expected one of the properties ${listNames(known)}, got ${name}`,
    );
  });
  for (const [name, property] of Object.entries(field.properties)) {
    const at = [...path, 'properties', name];
    if (rowNames.some((each) => each === name)) {
      faults.add(at, `expected a name that means nothing else, got ${name}`);
    }
    checkRequired(property, at, faults);
  }
}

function checkPrompt(
  text: string,
  { definition, index, faults }: Pick<Place, 'definition' | 'index' | 'faults'>,
): void {
  const path = ['stages', index, 'prompt'];
  const params = Object.keys(definition.params.properties);
  const parsed = parseTemplate(text);
  for (const { line, sentence } of parsed.faults) faults.add(path, sentence, { lineInText: line });
  piecesIn(parsed.pieces, (piece) => {
    const [first, second, ...more] = piece.path;
    const isParam = first === 'params' && second !== undefined && more.length === 0;
    if (piece.kind === 'value' && isParam && params.includes(second)) return;
    faults.add(
      path,
      `expected a parameter such as {{params.${params[0] ?? 'name'}}} (known: ${listNames(params)}), got {{${piece.path.join('.')}}}`,
      { lineInText: piece.line },
    );
  });
}

function checkVerify(stage: DefinitionOf<'verify'>, place: Place): void {
  const { index, faults, shapes } = place;
  if (!checkEarlier(stage.of, ['stages', index, 'of'], place)) return;
  const shape = shapes.get(stage.of);
  if (shape === undefined) return;
  if (!hasField(shape.field, isLookedFor)) {
    faults.add(
      ['stages', index, 'of'],
      `expected a stage whose schema has a string of format quote or exact, got ${stage.of} without any`,
    );
  }
  stage.patterns.forEach((_, position) => {
    checkPattern(stage, position, place);
  });
}

function checkPattern(
  stage: DefinitionOf<'verify'>,
  position: number,
  { index, faults, shapes }: Place,
): void {
  const pattern = stage.patterns[position];
  const shape = shapes.get(stage.of);
  if (pattern === undefined || shape === undefined) return;
  const path = ['stages', index, 'patterns', position];
  const list = shapeWithin(shape, [pattern.list]);
  const record = list?.field.type === 'array' ? recordOf(list.field) : undefined;
  if (record === undefined) {
    faults.add(
      [...path, 'list'],
      `expected a list of records in the answers of ${stage.of}, got ${pattern.list}`,
    );
    return;
  }
  const own = record.properties[pattern.field];
  if (own?.type !== 'string' || own.format !== 'exact') {
    faults.add([...path, 'field'], `expected a string of format exact, got ${pattern.field}`);
  }
  checkGiven(record, pattern, { path, faults });
}

function checkGiven(
  { properties, required = [] }: ObjectField,
  pattern: DefinitionOf<'verify'>['patterns'][number],
  { path, faults }: { path: readonly (string | number)[]; faults: FaultList },
): void {
  for (const [name, value] of Object.entries(pattern.with)) {
    const property = properties[name];
    const isFitting =
      property?.type === 'string' && (property.enum === undefined || property.enum.includes(value));
    if (isFitting) continue;
    faults.add([...path, 'with', name], `expected a text that the field takes, got ${value}`);
  }
  const missing = required.filter((name) => name !== pattern.field && !(name in pattern.with));
  if (missing.length > 0) {
    faults.add(
      [...path, 'with'],
      `expected a value for each required field, got none for ${listNames(missing)}`,
    );
  }
}
