import { hasField, isLookedFor } from './answer-schema.ts';
import type { ArtifactOf, WorkflowDefinition } from './definition.ts';
import { editableFormats } from './editable-formats.ts';
import { type FaultList, type FieldPath, listNames } from './faults.ts';
import {
  globalNames,
  itemOf,
  recordOf,
  rowNames,
  type Shape,
  type Shapes,
  shapeWithin,
} from './shapes.ts';
import { type Placeholder, parseTemplate, piecesIn, type Section } from './template.ts';

interface Scope {
  readonly definition: WorkflowDefinition;
  readonly shapes: Shapes;
  readonly faults: FaultList;
}

/** Files that every task writes; an artifact of that name would be written over. */
const reservedFiles: readonly string[] = [
  'result.json',
  'citations.json',
  'coverage.json',
  'usage.json',
];

/** Whether everything that the artifacts name exists, is a list where one is needed, and is verified where it shows quotes. */
export function checkArtifacts(
  definition: WorkflowDefinition,
  { shapes, faults, stageIndex }: Omit<Scope, 'definition'> & { readonly stageIndex: number },
): void {
  const stage = definition.stages[stageIndex];
  if (stage?.kind !== 'render') return;
  const scope: Scope = { definition, shapes, faults };
  const seen = new Set<string>();
  stage.artifacts.forEach((artifact, index) => {
    const path: FieldPath = ['stages', stageIndex, 'artifacts', index];
    if (reservedFiles.includes(artifact.name)) {
      faults.add(
        [...path, 'name'],
        `expected another name than those of the files that every task writes, got ${artifact.name}`,
      );
    }
    if (seen.has(artifact.name)) {
      faults.add([...path, 'name'], `expected a name of its own, got ${artifact.name} again`);
    }
    seen.add(artifact.name);
    if (artifact.kind === 'report') checkReport(artifact, path, scope);
    if (artifact.kind === 'table') checkTable(artifact, path, scope);
    if (artifact.kind === 'json') checkJson(artifact, path, scope);
    if (artifact.kind === 'replace') checkReplace(artifact, path, scope);
  });
}

function checkReport({ template }: ArtifactOf<'report'>, at: FieldPath, scope: Scope): void {
  const { faults } = scope;
  const path = [...at, 'template'];
  const parsed = parseTemplate(template);
  for (const { line, sentence } of parsed.faults) faults.add(path, sentence, { lineInText: line });
  piecesIn(parsed.pieces, (piece, around) => {
    const sentence = faultOfPiece(piece, around, scope);
    if (sentence !== undefined) faults.add(path, sentence, { lineInText: piece.line });
  });
}

function faultOfPiece(
  piece: Placeholder | Section,
  around: readonly Section[],
  scope: Scope,
): string | undefined {
  const rows = rowShape(around, scope);
  const written = piece.path.join('.');
  const shape = findShape(piece.path, rows, scope);
  if (shape === 'special') return piece.kind === 'each' ? notAList(written) : undefined;
  if (shape === undefined) return unknownPath(written, rows, scope);
  switch (piece.kind) {
    case 'each':
      return shape.isList ? undefined : notAList(written);
    case 'if':
      return undefined;
    case 'value':
      return faultOfValue(piece, shape);
  }
}

function faultOfValue({ path, isMark }: Placeholder, shape: Shape): string | undefined {
  const written = path.join('.');
  const { type } = itemOf(shape.field);
  if (type === 'object')
    return `expected a field of {{${written}}}, or {{#each ${written}}} around its fields`;
  if (shape.isList && shape.field.type !== 'array') {
    return `expected {{#each ${path[0]}}} around {{${written}}}, since there are several`;
  }
  if (isLookedFor(shape.field) && !shape.isVerified) return unverified(written);
  if (isMark && !isLookedFor(shape.field)) {
    return `expected a field of format quote or exact to cite, got ${written}`;
  }
  return undefined;
}

/** The shape of one record within the sections around; `undefined` outside of all. */
function rowShape(around: readonly Section[], scope: Scope): Shape | undefined {
  let rows: Shape | undefined;
  for (const { kind, path } of around) {
    if (kind !== 'each') continue;
    const list = findShape(path, rows, scope);
    if (list === undefined || list === 'special') return rows;
    rows = { ...list, field: itemOf(list.field), isList: false };
  }
  return rows;
}

/** A path from within a row, or else from a stage; `special` for a name that stands for something by itself. */
function findShape(
  path: readonly string[],
  rows: Shape | undefined,
  { shapes, definition }: Scope,
): Shape | 'special' | undefined {
  const own = rows === undefined ? undefined : shapeWithin(rows, path);
  if (own !== undefined) return own;
  if (isSpecial(path, rows !== undefined, definition)) return 'special';
  const [first = '', ...rest] = path;
  const stage = shapes.get(first);
  return stage === undefined ? undefined : shapeWithin(stage, rest);
}

function isSpecial(
  [first = '', second, ...more]: readonly string[],
  isInRow: boolean,
  { params }: WorkflowDefinition,
): boolean {
  if (first === 'params') {
    return second !== undefined && more.length === 0 && Object.hasOwn(params.properties, second);
  }
  if (second !== undefined) return false;
  return first === 'documents' || first === 'date' || (isInRow && isRowName(first));
}

function isRowName(name: string): boolean {
  return rowNames.some((each) => each === name);
}

function checkTable(artifact: ArtifactOf<'table'>, path: FieldPath, scope: Scope): void {
  const rows = rowsAt(artifact.rows, [...path, 'rows'], scope);
  if (rows === undefined) return;
  const { distinct } = artifact;
  if (distinct !== undefined && shapeWithin(rows, [distinct]) === undefined) {
    scope.faults.add([...path, 'distinct'], unknownPath(distinct, rows, scope));
  }
  artifact.columns.forEach(({ value }, index) => {
    checkRowText(value, { path: [...path, 'columns', index, 'value'], rows, scope });
  });
}

function checkRowText(
  text: string,
  { path, rows, scope }: { path: FieldPath; rows: Shape; scope: Scope },
): void {
  const parsed = parseTemplate(text);
  for (const { line, sentence } of parsed.faults)
    scope.faults.add(path, sentence, { lineInText: line });
  piecesIn(parsed.pieces, (piece) => {
    if (piece.kind !== 'value') {
      scope.faults.add(path, 'expected placeholders for values only, got a section');
      return;
    }
    const shape = findShape(piece.path, rows, scope);
    const written = piece.path.join('.');
    if (shape === 'special') return;
    const sentence =
      shape === undefined ? unknownPath(written, rows, scope) : faultOfValue(piece, shape);
    if (sentence !== undefined) scope.faults.add(path, sentence, { lineInText: piece.line });
  });
}

/** The records of a list, as `stage` or `stage.list` names them. */
function rowsAt(written: string, path: FieldPath, scope: Scope): Shape | undefined {
  const shape = findShape(written.split('.'), undefined, scope);
  if (shape === undefined || shape === 'special') {
    scope.faults.add(path, unknownPath(written, undefined, scope));
    return undefined;
  }
  if (recordOf(shape.field) === undefined) {
    scope.faults.add(
      path,
      `expected a list of records, got ${written}, which is of type ${shape.field.type}`,
    );
    return undefined;
  }
  return { ...shape, field: itemOf(shape.field), isList: false };
}

function checkJson({ from }: ArtifactOf<'json'>, path: FieldPath, { shapes, faults }: Scope): void {
  const shape = shapes.get(from);
  if (shape === undefined) {
    faults.add(
      [...path, 'from'],
      `expected one of the stages ${listNames(shapes.keys())}, got ${from}`,
    );
    return;
  }
  if (!shape.isVerified && hasField(shape.field, isLookedFor)) {
    faults.add([...path, 'from'], unverified(from));
  }
}

function checkReplace(artifact: ArtifactOf<'replace'>, path: FieldPath, scope: Scope): void {
  const { faults, definition } = scope;
  checkFormats(definition, path, faults);
  const rows = rowsAt(artifact.find, [...path, 'find'], scope);
  if (rows === undefined) return;
  const field = shapeWithin(rows, [artifact.field])?.field;
  if (field?.type !== 'string' || field.format !== 'exact') {
    faults.add([...path, 'field'], `expected a string of format exact, got ${artifact.field}`);
  } else if (!rows.isVerified) faults.add([...path, 'find'], unverified(artifact.find));
  if (artifact.with.includes(`{{${artifact.field}}}`)) {
    faults.add(
      [...path, 'with'],
      `expected a text without what is replaced, got {{${artifact.field}}}`,
    );
  }
  checkRowText(artifact.with, { path: [...path, 'with'], rows, scope });
}

function checkFormats({ stages }: WorkflowDefinition, path: FieldPath, faults: FaultList): void {
  const index = stages.findIndex(({ kind }) => kind === 'read');
  const read = stages[index];
  const formats = read?.kind === 'read' ? read.formats : undefined;
  const others = (formats ?? []).filter((format) => !editableFormats.includes(format));
  if (formats === undefined) {
    faults.add(
      path,
      `expected a stage of kind read with formats among ${listNames(editableFormats)}, since files are changed in place`,
    );
  } else if (others.length > 0) {
    faults.add(
      ['stages', index, 'formats'],
      `expected formats that can be changed in place (${listNames(editableFormats)}), got ${listNames(others)}`,
    );
  }
}

function unknownPath(written: string, rows: Shape | undefined, { shapes }: Scope): string {
  const record = rows === undefined ? undefined : recordOf(rows.field);
  const fields = record === undefined ? [] : [...Object.keys(record.properties), ...rowNames];
  const [stage = ''] = written.split('.');
  const own = shapes.get(stage);
  const inStage = own === undefined ? undefined : recordOf(own.field);
  if (inStage !== undefined) {
    return `expected a field of ${stage} (${listNames(Object.keys(inStage.properties))}), got ${written}`;
  }
  return `expected one of ${listNames([...fields, ...shapes.keys(), ...globalNames])}, got ${written}`;
}

function notAList(written: string): string {
  return `expected a list for {{#each}}, got ${written}`;
}

function unverified(written: string): string {
  return `expected quotes that a stage of kind verify has checked, got ${written} as the model claims it`;
}
