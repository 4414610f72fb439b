import type { Document } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { StageContext } from '../definition.ts';
import { MinutesParams } from './params.ts';

/** The documents of a task by what they are for. */
export interface MinutesInputs {
  /** Parts of the meeting, in the order of the task. */
  readonly transcripts: readonly Document[];
  readonly templates: readonly Document[];
  readonly agenda: Document | undefined;
}

/** Sorts the documents. Throws `invalid_params` where a param names no input, or nothing is left to be minuted. */
export function inputsOf(context: Pick<StageContext, 'documents' | 'params'>): MinutesInputs {
  const { template, agenda } = MinutesParams.parse(context.params);
  const templateNames = template === undefined ? [] : [template].flat();
  const templates = templateNames.map((name) => requireInput(context.documents, 'template', name));
  for (const { format } of templates) requireWord(format);
  const agendaInput =
    typeof agenda === 'string' ? requireInput(context.documents, 'agenda', agenda) : undefined;
  const others = [...templates, ...(agendaInput === undefined ? [] : [agendaInput])];
  const isOther = ({ id }: Document) =>
    others.some((other) => other.id === id || id.startsWith(`${other.id}a`));
  const transcripts = context.documents.filter((document) => !isOther(document));
  refuseForgottenTemplate(transcripts);
  if (transcripts.length > 0) return { transcripts, templates, agenda: agendaInput };
  throw new QuireError(
    'invalid_params',
    'Expected a transcript beside the template and the agenda, got none; add the transcript to the inputs.',
  );
}

/** Fields of a template, for example `date` for `{{date}}`. */
export function fieldsIn({ units }: Document): ReadonlySet<string> {
  const names = units.flatMap(({ text }) =>
    [...text.matchAll(/\{\{\s*([\w-]{1,60})\s*\}\}/g)].map(([, name = '']) => name),
  );
  return new Set(names);
}

function requireInput(documents: readonly Document[], param: string, name: string): Document {
  const found = documents.find((document) => document.name === name);
  if (found !== undefined) return found;
  const names = documents.map((document) => document.name).join(', ');
  throw new QuireError(
    'invalid_params',
    `Expected the param ${param} to name an input, got a name that none of them has; name one of: ${names}.`,
  );
}

function requireWord(format: Document['format']): void {
  if (format === 'docx') return;
  throw new QuireError(
    'invalid_params',
    `Expected a template in DOCX, got ${format}; save the template with Word as DOCX.`,
  );
}

/** A template taken for a transcript would give minutes of its placeholders. */
function refuseForgottenTemplate(transcripts: readonly Document[]): void {
  const template = transcripts.find(
    (each) => each.format === 'docx' && fieldsIn(each).has('content'),
  );
  if (template === undefined) return;
  throw new QuireError(
    'invalid_params',
    'Expected a transcript, got a DOCX with the placeholder {{content}}; name that input in the param template.',
  );
}
