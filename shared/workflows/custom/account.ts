import type { Problem } from '#shared/domain/errors.ts';
import type { Account, StageContext } from '../definition.ts';
import type { WorkflowDefinition } from './definition.ts';
import { artifactsOf } from './render-data.ts';
import { type LeftText, replaceIn } from './replace.ts';

/** A text that was to be replaced and is still in a file makes the task PARTIAL, however well everything was read. */
export function accountOf(definition: WorkflowDefinition, context: StageContext): Account {
  const left = artifactsOf(definition).flatMap((artifact) =>
    artifact.kind === 'replace' ? replaceIn(definition, artifact, context).left : [],
  );
  return left.length === 0 ? {} : { problems: [problemOf(left)] };
}

function problemOf(left: readonly LeftText[]): Problem {
  return {
    code: 'replacement_incomplete',
    message: `Expected every text found to be replaced; in ${left.length} ${left.length === 1 ? 'place' : 'places'} one is left. Replace it by hand before the file goes out.`,
    details: { places: left.length },
  };
}
