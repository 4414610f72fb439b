import type { CitationList } from '../citation-list.ts';
import type { RenderContext } from '../definition.ts';
import type { ArtifactOf, WorkflowDefinition } from './definition.ts';
import { paramText } from './params.ts';
import type { RenderData, Row } from './render-data.ts';
import { type Replaced, replacedTextOf } from './replace.ts';

/** What all artifacts of a task are written from. */
export interface Written {
  readonly definition: WorkflowDefinition;
  readonly context: RenderContext;
  readonly data: RenderData;
  readonly citations: CitationList;
  readonly notices: readonly string[];
  readonly replaced: readonly (Replaced & { readonly artifact: ArtifactOf<'replace'> })[];
}

/** Names that stand for something everywhere: parameters, the inputs, the day of the submission. */
export function globalValue(path: readonly string[], { context }: Written): string | undefined {
  const [first, second] = path;
  if (first === 'params' && second !== undefined) return paramText(context.params, second);
  if (path.length > 1) return undefined;
  if (first === 'documents') return context.documents.map(({ name }) => name).join(', ');
  return first === 'date' ? context.submittedAt.slice(0, 10) : undefined;
}

/** How often the text of a row was replaced, where it is one that is. */
export function countOf(row: Row, { replaced }: Written): number | undefined {
  const [first] = replaced;
  return first === undefined
    ? undefined
    : (first.counts.get(replacedTextOf(first.artifact, row)) ?? 0);
}
