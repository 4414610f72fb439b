import type { CodeStage } from '../definition.ts';
import { pairParts } from './paired-parts.ts';
import type { AlignOutput } from './schemas.ts';
import { versionsOf } from './versions.ts';

/** Finds which paragraph of the one document is which of the other. */
export const alignStage: CodeStage = {
  kind: 'code',
  name: 'align',
  title: 'Aligning the clauses',
  run(context) {
    const { mode, baseParts, revisedParts } = versionsOf(context);
    const parts = pairParts(baseParts, revisedParts).map(({ base, revised, pairs }) => ({
      ...(base === undefined ? {} : { base: baseParts.indexOf(base) }),
      ...(revised === undefined ? {} : { revised: revisedParts.indexOf(revised) }),
      pairs: [...pairs],
    }));
    return { mode, parts } satisfies AlignOutput;
  },
};
