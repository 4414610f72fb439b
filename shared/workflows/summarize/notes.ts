import type { CallSpec } from '#shared/domain/call.ts';
import type { Chunk } from '#shared/domain/chunk.ts';
import { callIdOf, DocumentId, type UnitId } from '#shared/domain/ids.ts';
import { headingLines, piecesOf, textOfPiece, unitLines } from '../chunk-lines.ts';
import type { AnswerFault, ModelStage, PlanContext, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { countWords } from '../language.ts';
import { describeLanguage } from '../language-param.ts';
import { writePrompt } from '../prompt.ts';
import { findQuote } from '../quotes.ts';
import { createSourceText } from '../source-text.ts';
import { SummarizeParams } from './params.ts';
import { notesPrompt } from './prompts.ts';
import { type Note, type NoteGroup, NotesAnswer, type NotesOutput } from './schemas.ts';

/** A part with fewer words may well hold nothing worth a note. */
const wordsWorthANote = 60;

/** Reads the documents part by part and notes points with quotes. */
export const notesStage: ModelStage = {
  kind: 'model',
  name: 'notes',
  title: 'Reading for key points',
  chunkTokens: (params) => SummarizeParams.parse(params).chunkTokens,
  tracksCoverage: true,
  isAdvisory: false,
  maxRounds: 1,
  answer: NotesAnswer,

  plan(context) {
    const params = SummarizeParams.parse(context.params);
    return context.chunks.map((chunk, index) => planCall(context, params, { chunk, index }));
  },

  // About eight in a hundred words of the part come back as notes, four in ten where it is dense; thinking comes on top.
  answerTokens(spec) {
    const words = Number(spec.context['words']);
    return { low: 40 + words * 0.1, expected: 700 + words * 0.5, high: 3_000 + words * 1.5 };
  },

  check(answer, spec, context) {
    const { notes } = NotesAnswer.parse(answer);
    if (notes.length === 0 && Number(spec.context['words']) >= wordsWorthANote) {
      return [fault('The part has enough text for at least one note; "notes" is empty.')];
    }
    return notes.flatMap((note, index) => checkNote(note, index + 1, { spec, context }));
  },

  assemble({ outcomes }) {
    let count = 0;
    const groups = outcomes.flatMap(({ spec, ...outcome }): NoteGroup[] => {
      if (!outcome.isAnswered) return [];
      const { notes, sectionSummary } = NotesAnswer.parse(outcome.answer);
      const numbered = notes.map((note): Note => {
        count += 1;
        return { id: `n${count}`, ...note };
      });
      const { documentId, headingPath } = spec.context;
      return [
        {
          documentId: DocumentId.parse(documentId),
          section: Array.isArray(headingPath) ? headingPath.map(String) : [],
          summary: sectionSummary,
          notes: numbered,
        },
      ];
    });
    return { output: { groups } satisfies NotesOutput, isComplete: true };
  },
};

function planCall(
  context: PlanContext,
  params: SummarizeParams,
  { chunk, index }: { chunk: Chunk; index: number },
): CallSpec {
  const pieces = piecesOf(context, chunk);
  return {
    callId: callIdOf('notes', context.round, index),
    prompt: notesPrompt.id,
    messages: writePrompt({
      ...notesPrompt,
      facts: {
        Audience: params.audience,
        Language: describeLanguage(params.language),
        ...(params.focus === undefined ? {} : { Focus: params.focus }),
        Notes: `at most ${notesWanted(chunk, { params, chunks: context.chunks.length })}`,
      },
      sections: {
        headings: headingLines(context, chunk),
        units: unitLines(context, chunk),
      },
    }),
    maxOutputTokens: 8_000,
    temperature: 0.3,
    unitIds: [...new Set(pieces.map(({ unit }) => unit.id))],
    context: {
      documentId: chunk.documentId,
      headingPath: chunk.headingPath,
      words: pieces.reduce((sum, each) => sum + countWords(textOfPiece(each)), 0),
    },
  };
}

/**
 * About one note for every 75 words, so that a dense part is not cut short; more in a short document, so that the summary has
 * something to choose from.
 */
function notesWanted(
  chunk: Chunk,
  { params, chunks }: { params: SummarizeParams; chunks: number },
): number {
  const bySize = Math.round(chunk.estimatedTokens / 100);
  const byWords = Math.ceil(params.maxWords / 10 / chunks);
  return Math.min(40, Math.max(4, bySize, byWords));
}

function checkNote(
  note: NotesAnswer['notes'][number],
  position: number,
  { spec, context }: { spec: CallSpec; context: StageContext },
): AnswerFault[] {
  const unitId = spec.unitIds.find((id) => id === note.unit);
  const unit = unitId === undefined ? undefined : context.unit(unitId);
  if (unit === undefined) {
    return [
      fault(
        `Note ${position}: the unit must be one of the ids in brackets, got another.${hint(note, spec.unitIds, context)}`,
      ),
    ];
  }
  if (findQuote(note.quote, unit.text) === undefined) {
    return [
      fault(
        `Note ${position}: the quote does not stand letter by letter in unit ${unit.id}; copy it from there or leave the note out.`,
      ),
    ];
  }
  const sources = createSourceText(context.documents).around(unit);
  const unsupported = unsupportedFigures(`${note.text} ${note.number?.value ?? ''}`, sources);
  return unsupported.length === 0
    ? []
    : [
        fault(
          `Note ${position}: the text has a figure that is not in unit ${unit.id}; write figures as they stand there.`,
        ),
      ];
}

function hint(
  note: { readonly quote: string },
  unitIds: readonly UnitId[],
  context: StageContext,
): string {
  const right = unitIds.find(
    (id) => findQuote(note.quote, context.unit(id)?.text ?? '') !== undefined,
  );
  return right === undefined ? '' : ` The quote is in ${right}.`;
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}
