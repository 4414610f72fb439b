import type { Sheet } from '#shared/domain/workbook.ts';
import type { RenderContext } from '../definition.ts';
import { answeredBy, documentRemarks, gapNotices, simulatedNotices } from '../notices.ts';
import { exactPlace } from './place.ts';
import type { Shown } from './shown.ts';

const maxPlacesNamed = 40;

/** The lines above the data: what is missing first, then what was counted, then who answered. */
export function notesOf(shown: Shown, context: RenderContext): NonNullable<Sheet['notes']> {
  return [
    ...missingNotes(shown, context),
    ...gapNotices(context, 'This table').map((text) => ({
      text,
      isBold: true,
      mark: 'missing' as const,
    })),
    ...simulatedNotices(context, 'A built-in program copied the rows').map((text) => ({ text })),
    { text: countSentence(shown) },
    ...totalSentences(shown).map((text) => ({ text })),
    ...issueSentences(shown).map((text) => ({ text, mark: 'warning' as const })),
    ...documentRemarks(context).map((text) => ({ text })),
    { text: answeredBy(context, 'rows are found by their form, not by their meaning') },
  ];
}

/** Each missing row by its place, as far as there is room; the Issues sheet has all. */
function missingNotes({ issues }: Shown, context: RenderContext): NonNullable<Sheet['notes']> {
  const missing = issues.flatMap(({ kind, unitId }) =>
    kind === 'missing-row' && unitId !== undefined ? unitId : [],
  );
  if (missing.length === 0) return [];
  const places = missing.slice(0, maxPlacesNamed).map((id) => exactPlace(id, context));
  const more = missing.length - places.length;
  return [
    {
      text: `PARTIAL: ${missing.length} ${missing.length === 1 ? 'row of the documents is' : 'rows of the documents are'} not in this table: ${places.join('; ')}${more > 0 ? `; and ${more} more` : ''}. The sheet Issues names each.`,
      isBold: true,
      mark: 'missing',
    },
  ];
}

function countSentence({ reconciliation: { counts, skippedByReason }, rows }: Shown): string {
  const reasons = Object.entries(skippedByReason)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');
  const merged = counts.merged > 0 ? ` ${counts.merged} stand in another row as well.` : '';
  if (counts.sourceRows === 0) return `${rows.length} rows, found in running text.${merged}`;
  return `${rows.length} rows. Of ${counts.sourceRows} rows in tables of the documents, ${counts.taken} are taken, ${counts.skipped} are no records${reasons === '' ? '' : ` (all parts: ${reasons})`} and ${counts.missing} are missing.${merged}`;
}

function totalSentences({ reconciliation: { totals, sequences } }: Shown): string[] {
  const agreeing = totals.filter(({ agrees }) => agrees).length;
  return [
    ...(totals.length === 0
      ? []
      : [
          `${agreeing} of ${totals.length} totals of the documents agree with the sums of the rows.`,
        ]),
    ...sequences
      .filter(({ gaps }) => gaps.length === 0)
      .map(({ field, first, last }) => `${field} runs from ${first} to ${last} without a gap.`),
  ];
}

function issueSentences({ issues }: Shown): string[] {
  const others = issues.filter(({ kind }) => kind !== 'missing-row').length;
  if (others === 0) return [];
  return [
    `${others} ${others === 1 ? 'thing is' : 'things are'} named in the sheet Issues; cells that they are about are marked here.`,
  ];
}
