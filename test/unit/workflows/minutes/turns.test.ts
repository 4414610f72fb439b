import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '#shared/domain/document.ts';
import { createTurnTexts } from '#shared/workflows/minutes/turn-text.ts';
import { makeTurns } from '#shared/workflows/minutes/turns.ts';
import { transcriptOf } from '../../../support/meetings.ts';
import { readNamed } from '../../../support/read-transcript.ts';
import { documentFromLines } from '../../../support/sample-documents.ts';
import { stageContextOf } from '../../../support/stage-context.ts';

function turnsIn(documents: readonly Document[], params: object = {}) {
  const context = stageContextOf({ documents, params });
  const { turns } = makeTurns(context);
  const texts = createTurnTexts(context, turns);
  return turns.map((turn) => ({ ...turn, text: texts.textOf(turn) }));
}

const said = (documents: readonly Document[], params?: object) =>
  turnsIn(documents, params).map(({ speaker, text }) => `${speaker ?? '?'}: ${text}`);

describe('makeTurns', () => {
  it('merges the cues of a speaker and keeps the time of the first', () => {
    const [first, second] = turnsIn([
      transcriptOf(['Anna: I will send', 'Anna: the plan.', 'Ben: Good.']),
    ]);
    expect(first).toMatchObject({ speaker: 'Anna', text: 'I will send the plan.', startInMs: 0 });
    expect(second).toMatchObject({ speaker: 'Ben', text: 'Good.', startInMs: 20_000 });
  });

  it('sets noises apart, and never a yes', () => {
    const turns = turnsIn([
      transcriptOf(['Anna: Um.', 'Ben: [laughter]', 'Anna: Yes.', 'Ben: Mhm.']),
    ]);
    expect(turns.map(({ isFiller = false }) => isFiller)).toEqual([true, true, false, false]);
  });

  it('knows the speakers of a text file whose lines are one paragraph', async () => {
    const document = await readNamed(
      'talk.txt',
      '[00:12:05] Ben Ode: I will go.\n[00:12:09] Anna: Good.\n[00:12:11] Ben Ode: Note: it rains.',
    );
    expect(said([document])).toEqual([
      'Ben Ode: I will go.',
      'Anna: Good.',
      'Ben Ode: Note: it rains.',
    ]);
    expect(turnsIn([document]).map(({ startInMs }) => startInMs)).toEqual([
      725_000, 729_000, 731_000,
    ]);
  });

  it('takes the name above a paragraph for its speaker, as Teams writes it', () => {
    const document = documentFromLines([
      'Anna Meyer   0:05',
      'Good morning.',
      'Let us begin.',
      'Ben Ode   0:12',
      'Yes.',
    ]);
    expect(said([document])).toEqual(['Anna Meyer: Good morning. Let us begin.', 'Ben Ode: Yes.']);
  });

  it('takes a colon within a sentence for what it is', () => {
    const document = documentFromLines([
      'Anna: I told Ben: no.',
      'Ben: You did.',
      'Anna: Agenda: none.',
      'Ben: Fine.',
    ]);
    expect(said([document])).toEqual([
      'Anna: I told Ben: no.',
      'Ben: You did.',
      'Anna: Agenda: none.',
      'Ben: Fine.',
    ]);
  });

  it('leaves text without speakers as it is', () => {
    const document = documentFromLines(['# Notes', 'We met.', 'Topics: many.']);
    expect(said([document])).toEqual(['?: Notes', '?: We met.', '?: Topics: many.']);
  });

  it('cuts a long speech behind a sentence', () => {
    const sentence = 'The depot moved four thousand wagons in March and more in May. ';
    const turns = turnsIn([transcriptOf([`Anna: ${sentence.repeat(60).trim()}`])]);
    expect(turns.length).toBeGreaterThan(3);
    for (const { text } of turns) expect(text.endsWith('May.')).toBe(true);
  });

  it('takes parts of a meeting in their order, and neither the template nor the agenda', () => {
    const documents = [
      transcriptOf(['Anna: One.'], { name: 'a.vtt' }),
      transcriptOf(['Anna: Two.'], { position: 2, name: 'b.vtt' }),
      documentFromLines(['- Budget', '- Staff'], { position: 3, name: 'agenda.md' }),
      {
        ...documentFromLines(['{{content}}'], { position: 4, name: 'house.docx' }),
        format: 'docx' as const,
      },
    ];
    const context = stageContextOf({
      documents,
      params: { agenda: 'agenda.md', template: 'house.docx' },
    });
    const { turns, agenda } = makeTurns(context);
    expect(turns.flatMap(({ unitIds }) => unitIds)).toEqual(['d1.u1', 'd2.u1']);
    expect(agenda).toEqual(['Budget', 'Staff']);
  });

  it.each([
    [{ template: 'other.docx' }, 'to name an input'],
    [{ agenda: 'other.md' }, 'to name an input'],
    [{ template: 'a.vtt' }, 'in DOCX'],
    [{ agenda: 'a.vtt' }, 'transcript beside'],
  ])('refuses %j', (params, words) => {
    const documents = [transcriptOf(['Anna: One.'], { name: 'a.vtt' })];
    expect(() => makeTurns(stageContextOf({ documents, params }))).toThrow(words);
  });

  it('refuses a template that no param names', () => {
    const template = { ...documentFromLines(['{{content}}']), format: 'docx' as const };
    expect(() => makeTurns(stageContextOf({ documents: [template] }))).toThrow('placeholder');
  });

  it('keeps every character of every unit, but for the marks of speakers', () => {
    const word = fc.constantFrom(
      'Anna:',
      'Ben Ode:',
      '[00:01:02]',
      'well.',
      'um',
      'I',
      'will',
      'No!',
      '12:30',
      '—',
      'Ürsula',
      '(x)',
      ':',
      '.',
    );
    const line = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        (lines, isCues) => {
          const document = isCues ? transcriptOf(lines) : documentFromLines(lines);
          const { turns } = makeTurns(stageContextOf({ documents: [document] }));
          for (const unit of document.units) {
            const own = turns.filter(({ unitIds }) => unitIds.includes(unit.id));
            expect(own.length).toBeGreaterThan(0);
            const pieces = own.flatMap((turn) =>
              turn.pieces.filter(({ unitId }) => unitId === unit.id),
            );
            let at = 0;
            for (const { from, to } of pieces) {
              expect(from).toBeGreaterThanOrEqual(at);
              expect(besideMarks(unit.text.slice(at, from))).toBe('');
              at = to;
            }
            expect(besideMarks(unit.text.slice(at))).toBe('');
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** What a text holds beside names, times and the signs around them. */
function besideMarks(text: string): string {
  return text.replace(/Anna|Ben Ode|Ürsula|I|No|\(x\)/gu, '').replace(/[\s\d:[\]()\-–—|]+/gu, '');
}
