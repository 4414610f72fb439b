import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import { checkDefinition } from './check-stages.ts';
import { WorkflowDefinition } from './definition.ts';
import { type DefinitionFault, type FieldPath, formatPath } from './faults.ts';

/** A file with a definition; JSON is read as the YAML that it is. */
export interface DefinitionFile {
  /** As it is named to people, for example `workflows/redact-pii.yaml`. */
  readonly name: string;
  readonly text: string;
}

/** More faults of one file help nobody. */
const maxFaultsTold = 20;

/** Reads a definition. Throws `invalid_workflow` with every fault of the file: its line, column and field, what was expected and what came. */
export function parseDefinition(file: DefinitionFile): WorkflowDefinition {
  const lines = new LineCounter();
  const document = parseDocument(file.text, {
    lineCounter: lines,
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: false,
  });
  if (document.errors.length > 0) {
    throw invalid(
      file,
      document.errors.map(({ pos, message }) => ({
        ...lines.linePos(pos[0]),
        field: '',
        sentence: `expected YAML, got a text that is none: ${message.split('\n')[0] ?? ''}`,
      })),
    );
  }
  const parsed = WorkflowDefinition.safeParse(plainValueOf(document, file));
  const faults = parsed.success
    ? checkDefinition(parsed.data)
    : parsed.error.issues.flatMap((issue) => faultsOfIssue(issue, document));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw invalid(
    file,
    faults.map((fault) => placed(fault, { document, lines })),
  );
}

/** A fault of a whole file, such as an id that another file has too. */
export function faultOfFile(file: DefinitionFile, path: FieldPath, sentence: string): QuireError {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  return invalid(file, [placed({ path, sentence }, { document, lines })]);
}

/** An alias could make a small text huge; no definition needs one. */
function plainValueOf(document: Document, file: DefinitionFile): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    const fault = {
      line: 1,
      col: 1,
      field: '',
      sentence: 'expected a text without aliases, got *',
    };
    throw invalid(file, [fault], error);
  }
}

interface PlacedFault {
  readonly line: number;
  readonly col: number;
  readonly field: string;
  readonly sentence: string;
}

function placed(
  { path, sentence, lineInText, isAboutName = false }: DefinitionFault,
  { document, lines }: { document: Document; lines: LineCounter },
): PlacedFault {
  const { node, offset } = nodeAt(document, path, isAboutName);
  const { line, col } = lines.linePos(offset);
  const field = formatPath(path);
  if (lineInText === undefined || !isScalar(node)) return { line, col, field, sentence };
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  // The text of a block begins in the line below its sign.
  if (isBlock) return { line: line + 1 + lineInText, col: 1, field, sentence };
  return { line, col, field, sentence };
}

/** The node of a field, or of the nearest one around it that exists. */
function nodeAt(
  document: Document,
  path: FieldPath,
  isAboutName: boolean,
): { node: Node | null; offset: number } {
  if (isAboutName) {
    const key = keyNodeAt(document, path);
    if (key !== undefined) return key;
  }
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return { node, offset: node.range[0] };
  }
  return { node: null, offset: 0 };
}

function keyNodeAt(
  document: Document,
  path: FieldPath,
): { node: Node; offset: number } | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isPair(item) && String(item.key) === path.at(-1));
  const key = pair?.key;
  return isNode(key) && key.range ? { node: key, offset: key.range[0] } : undefined;
}

function faultsOfIssue(issue: z.core.$ZodIssue, document: Document): DefinitionFault[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      isAboutName: true,
      sentence: 'expected a field that docs/workflows/custom.md lists, got one of another name',
    }));
  }
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    return [discriminatorFault(path, issue, document)];
  }
  return [{ path, sentence: `expected ${wanted(issue)}, got ${shown(document.getIn(path))}` }];
}

/** Which kinds there are is said where the kind stands. */
function discriminatorFault(
  path: FieldPath,
  issue: z.core.$ZodIssueInvalidUnion,
  document: Document,
): DefinitionFault {
  const options =
    'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const at =
    issue.discriminator !== undefined && path.at(-1) !== issue.discriminator
      ? [...path, issue.discriminator]
      : path;
  const kinds = options.length > 0 ? `one of ${options.join(', ')}` : 'one of the known kinds';
  return { path: at, sentence: `expected ${kinds}, got ${shown(document.getIn(at))}` };
}

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : article(String(issue.expected));
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${sizeWord(String(issue.origin), 'least', Number(issue.minimum))}`;
    case 'too_big':
      return `${sizeWord(String(issue.origin), 'most', Number(issue.maximum))}`;
    default:
      return issue.message.replace(/^(?:Invalid input: )?(?:expected )?/i, '');
  }
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a mapping of fields',
    record: 'a mapping of fields',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
  };
  return names[type] ?? type;
}

function sizeWord(origin: string, bound: 'least' | 'most', size: number): string {
  if (origin === 'string') return `a text of at ${bound} ${size} characters`;
  if (origin === 'array' || origin === 'set') return `a list of at ${bound} ${size} entries`;
  return `a number of at ${bound} ${size}`;
}

/** A value as a sentence names it: short ones as they are. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    return value.length <= 40 ? `“${value}”` : `a text of ${value.length} characters`;
  }
  return Array.isArray(value) || 'items' in Object(value) ? 'several values' : 'something else';
}

function invalid(
  { name }: DefinitionFile,
  faults: readonly PlacedFault[],
  cause?: unknown,
): QuireError {
  const sentences = faults
    .toSorted((left, right) => left.line - right.line || left.col - right.col)
    .map(({ line, col, field, sentence }) =>
      [`line ${line}, column ${col}`, ...(field === '' ? [] : [field]), sentence].join(': '),
    );
  const told = sentences.slice(0, maxFaultsTold);
  const more = sentences.length - told.length;
  const rest = more > 0 ? ` and ${more} more` : '';
  return new QuireError(
    'invalid_workflow',
    `Expected ${name} to define a workflow as docs/workflows/custom.md describes it; ${told.join('; ')}${rest}. Correct the file and start again.`,
    { details: { file: name, faults: told, lines: linesOf(faults) }, cause },
  );
}

function linesOf(faults: readonly PlacedFault[]): string[] {
  return [...new Set(faults.map(({ line }) => line))].toSorted((a, b) => a - b).map(String);
}
