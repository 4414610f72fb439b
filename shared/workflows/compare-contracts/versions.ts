import type { Document } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { PlainBlock } from '#shared/domain/plain-block.ts';
import type { StageContext } from '../definition.ts';
import type { Part } from './lines.ts';
import { partsOfParagraphs } from './lines-of-paragraphs.ts';
import { partsOfUnits } from './lines-of-units.ts';
import type { PairedPart } from './paired-parts.ts';
import { AlignOutput } from './schemas.ts';
import { layOutText } from './text-base.ts';

/** The two documents as they are compared. */
export interface Versions {
  readonly mode: AlignOutput['mode'];
  readonly base: Document;
  readonly revised: Document;
  readonly baseParts: readonly Part[];
  readonly revisedParts: readonly Part[];
  /** The base as a redline has it where its file cannot be edited: its text alone. */
  readonly textBase?: readonly PlainBlock[];
}

/** Read anew for each stage of a task, which is the same array there. */
const known = new WeakMap<readonly Document[], Versions>();

/** The first input as the base and the second as the revised document. What is attached to them is not compared. */
export function versionsOf(context: StageContext): Versions {
  const read = known.get(context.documents) ?? readVersions(context);
  known.set(context.documents, read);
  return read;
}

/** The parts side by side, as the stage `align` has found them. */
export function pairedPartsOf(context: StageContext): PairedPart[] {
  const { baseParts, revisedParts } = versionsOf(context);
  return AlignOutput.parse(context.earlier('align')).parts.map(({ base, revised, pairs }) => ({
    base: base === undefined ? undefined : baseParts[base],
    revised: revised === undefined ? undefined : revisedParts[revised],
    pairs,
  }));
}

function readVersions(context: StageContext): Versions {
  const inputs = context.documents.filter(({ id }) => !id.includes('a'));
  const [base, revised] = inputs;
  if (base === undefined || revised === undefined || inputs.length > 2) {
    throw new QuireError(
      'invalid_request',
      'Expected two inputs, the base and the revised document in this order; got another number. Submit both files in one task.',
      { details: { inputs: inputs.length } },
    );
  }
  const views = [context.editViewOf(base.id), context.editViewOf(revised.id)] as const;
  const [baseView, revisedView] = views;
  if (baseView.kind === 'paragraphs' && revisedView.kind === 'paragraphs') {
    return {
      mode: 'paragraphs',
      base,
      revised,
      baseParts: partsOfParagraphs(base, baseView.paragraphs),
      revisedParts: partsOfParagraphs(revised, revisedView.paragraphs),
    };
  }
  const { parts, blocks } = layOutText(partsOfUnits(base));
  return {
    mode: 'units',
    base,
    revised,
    baseParts: parts,
    revisedParts: partsOfUnits(revised),
    textBase: blocks,
  };
}
