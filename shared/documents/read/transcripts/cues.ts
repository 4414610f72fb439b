import type { DocumentWarning, HiddenText } from '#shared/domain/document.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { textLimits } from '../../limits.ts';
import type { ReadContent } from '../../read-content.ts';
import { refuseComplex } from '../../refuse-complex.ts';
import { collapseWhiteSpace, createUnitList } from '../../unit-list.ts';

/** What one speaker says within a cue. */
export interface Cue {
  /** Position among the cues of the file, from 1. */
  readonly cue: number;
  readonly speaker?: string | undefined;
  /** From the start of the recording. */
  readonly startInMs?: number | undefined;
  readonly endInMs?: number | undefined;
  readonly text: string;
}

/** What a transcript holds besides its cues. */
export interface Aside {
  readonly title?: string | undefined;
  /** Cues whose text was kept though something about them is not of the format. */
  readonly malformed: number;
  /** Notes of those who made the file, which players do not show. */
  readonly notes?: readonly { readonly text: string; readonly cue: number }[];
  /** Style sheets, regions and figures about the recognition. */
  readonly settings?: number;
}

/** One unit for each cue, or for each speaker within one; its text is without the speaker's name. */
export function contentOfCues(
  documentId: DocumentId,
  cues: readonly Cue[],
  aside: Aside,
): ReadContent {
  refuseComplex('cues', cues.length, textLimits.units);
  const list = createUnitList(documentId);
  for (const { cue, speaker, startInMs, endInMs, text } of cues) {
    const author = collapseWhiteSpace(speaker ?? '');
    list.add({
      kind: 'cue',
      text,
      ...(author === '' ? {} : { author }),
      place: {
        kind: 'cue',
        cue,
        ...(startInMs === undefined ? {} : { startInMs }),
        ...(endInMs === undefined ? {} : { endInMs }),
      },
    });
  }
  const { title } = aside;
  return {
    ...(title === undefined || title === '' ? {} : { title }),
    units: list.units,
    warnings: warningsOf(aside),
    hidden: hiddenOf(aside),
  };
}

function warningsOf({ malformed, notes = [], settings = 0 }: Aside): DocumentWarning[] {
  const all: readonly DocumentWarning[] = [
    {
      code: 'malformed',
      message: 'Cues do not follow the format; their text is kept, some without a time.',
      count: malformed,
    },
    {
      code: 'hidden-text',
      message: 'Notes that players do not show are kept apart.',
      count: notes.length,
    },
    {
      code: 'unsupported-part',
      message: 'Style sheets, regions and notes of the recognition hold no text and are left out.',
      count: settings,
    },
  ];
  return all.filter(({ count }) => count > 0);
}

function hiddenOf({ notes = [] }: Aside): HiddenText[] {
  return notes.map(({ text, cue }) => ({
    text: collapseWhiteSpace(text),
    locator: { kind: 'cue', cue, headingPath: [] },
  }));
}
