import { AlignmentType, LevelFormat, type NumberingDefinition } from 'docx';
import { colours } from './measures.ts';

const indent = { left: 397, hanging: 397 } as const;

/** The two kinds of list. Numbers start again with every list, by an instance of their own. */
export const lists = {
  bullets: {
    reference: 'bullets',
    levels: [
      {
        level: 0,
        format: LevelFormat.BULLET,
        text: '•',
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent }, run: { color: colours.accent } },
      },
    ],
  },
  numbers: {
    reference: 'numbers',
    levels: [
      {
        level: 0,
        format: LevelFormat.DECIMAL,
        text: '%1.',
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent }, run: { color: colours.accent } },
      },
    ],
  },
} as const satisfies Record<string, NumberingDefinition>;
