import { describe, expect, it } from '@jest/globals';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { isDangling, kindOf, standAlone } from '#shared/simulator/answers/cues.ts';
import { findNumber } from '#shared/simulator/answers/number-facts.ts';
import { clipText, splitSentences } from '#shared/simulator/answers/sentences.ts';
import { writePrompt } from '#shared/workflows/prompt.ts';
import { NotesAnswer, PolishAnswer, ReduceAnswer } from '#shared/workflows/summarize/schemas.ts';

function ask(id: string, facts: Record<string, string>, sections: Record<string, string[][]>) {
  const lines = Object.entries(sections).map(([name, each]) => [
    name,
    each.map(([tag = '', text = '']) => ({ tag, text })),
  ]);
  const messages = writePrompt({
    id,
    instructions: 'Rules.',
    facts,
    sections: Object.fromEntries(lines),
  });
  return JSON.parse(answerPrompt(messages).content);
}

describe('splitSentences', () => {
  it.each([
    { text: 'Costs rose. Sales fell!', is: ['Costs rose.', 'Sales fell!'] },
    { text: 'See e.g. Annex 2. It is short.', is: ['See e.g. Annex 2.', 'It is short.'] },
    { text: 'Dr. Meyer agreed. So did J. Smith.', is: ['Dr. Meyer agreed.', 'So did J. Smith.'] },
    { text: 'See No. 12 and Fig. 3.', is: ['See No. 12 and Fig. 3.'] },
    { text: 'It grew by 4.5 percent.', is: ['It grew by 4.5 percent.'] },
  ])('splits “$text”', ({ text, is }) => {
    expect(splitSentences(text)).toEqual(is);
  });
});

describe('clipText', () => {
  it('gives a part of the text that ends at a clause', () => {
    const text = 'The first clause is long enough, the second one is not needed at all.';

    expect(clipText(text, 50)).toBe('The first clause is long enough');
  });
});

describe('findNumber', () => {
  it.each([
    {
      sentence: 'Revenue rose to EUR 318 million, while costs grew by only 4 percent.',
      is: { label: 'Revenue', value: 'EUR 318 million' },
    },
    {
      sentence: 'The operating margin therefore improved from 6.1 percent to 8.4 percent.',
      is: { label: 'Operating margin', value: '8.4 percent' },
    },
    {
      sentence: 'In March, the board approved the purchase of 18 locomotives for EUR 97 million.',
      is: { label: 'Purchase of 18 locomotives', value: 'EUR 97 million' },
    },
    {
      sentence: 'The shortage of drivers is a serious risk: 58 positions are vacant.',
      is: { label: 'Shortage of drivers', value: '58 positions' },
    },
    {
      sentence: 'There were 3 derailments in yards, none with injuries.',
      is: { label: 'Derailments in yards', value: '3 derailments' },
    },
  ])('names the figure in “$sentence”', ({ sentence, is }) => {
    expect(findNumber(sentence)).toEqual(is);
  });

  it.each([
    { sentence: 'The plan of 2025 was renewed on 14 December.' },
    { sentence: 'Nothing is counted here.' },
    { sentence: 'They were 12 percent.' },
  ])('finds nothing worth a table in “$sentence”', ({ sentence }) => {
    expect(findNumber(sentence)).toBeUndefined();
  });
});

describe('kindOf', () => {
  it.each([
    { sentence: 'The board approved the budget.', is: 'decision' },
    { sentence: 'Whether to sell has not yet been decided.', is: 'question' },
    { sentence: 'Who pays for the delay?', is: 'question' },
    { sentence: 'A shortage of vaccines threatens two districts.', is: 'risk' },
    { sentence: 'The clinic treated 4,100 patients.', is: 'number' },
    { sentence: 'The clinic is in the north of the town.', is: 'point' },
  ])('takes “$sentence” for a $is', ({ sentence, is }) => {
    expect(kindOf(sentence)).toBe(is);
  });
});

describe('standAlone', () => {
  it('removes the word that ties a sentence to the one before', () => {
    expect(standAlone('However, the plan holds.')).toBe('The plan holds.');
    expect(isDangling('Losing it would cost millions.')).toBe(true);
    expect(isDangling('The plan holds.')).toBe(false);
  });
});

describe('answerPrompt', () => {
  const units = [
    ['d1.u1 heading', 'Stock'],
    ['d1.u2', 'The depot holds 1,900 vaccine doses. This covers 61 percent of the need.'],
    ['d1.u3', 'The weather was fine.'],
    ['d1.u4', 'It remains open who will pay for the second cold room.'],
  ];

  it('notes whole sentences with quotes that stand in their units', () => {
    const { notes } = NotesAnswer.parse(
      ask('summarize.notes@2', { Notes: 'at most 5' }, { units }),
    );

    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) {
      const text = units.find(([tag]) => tag?.startsWith(note.unit))?.[1];
      expect(text).toContain(note.quote);
    }
    expect(notes.map(({ kind }) => kind)).toContain('question');
  });

  it('takes a sentence that points back together with the one before', () => {
    const { notes } = NotesAnswer.parse(
      ask('summarize.notes@2', { Notes: 'at most 5' }, { units }),
    );

    expect(notes.map(({ text }) => text)).toContain(units[1]?.[1]);
  });

  it('notes no more than it is asked for', () => {
    const answer = ask('summarize.notes@2', { Notes: 'at most 1' }, { units });

    expect(NotesAnswer.parse(answer).notes).toHaveLength(1);
  });

  it('notes the total of a table by its header', () => {
    const table = [
      ['header', 'Depot | Doses'],
      ['d1.u8 table-row', 'North | 700'],
      ['d1.u9 table-row', 'Total | 1,900'],
    ];
    const { notes } = NotesAnswer.parse(
      ask('summarize.notes@2', { Notes: 'at most 5' }, { units: table }),
    );

    expect(notes.at(-1)).toMatchObject({
      unit: 'd1.u9',
      kind: 'number',
      number: { label: 'Total, Doses', value: '1,900' },
    });
  });

  it('merges notes that say the same and keeps every section', () => {
    const notes = [
      ['n1 number 5 s1', 'The depot holds 1,900 vaccine doses in March.'],
      ['n2 number 4 s1', 'In March the depot holds 1,900 vaccine doses.'],
      ['n3 point 5 s1', 'Trucks are repaired in Lund.'],
      ['n4 point 4 s2', 'Nurses are trained twice a year.'],
    ];
    const { points } = ReduceAnswer.parse(
      ask('summarize.reduce@1', { Points: 'at most 3' }, { notes }),
    );

    expect(points.map(({ from }) => from)).toEqual([['n1', 'n2'], ['n3'], ['n4']]);
  });

  it('polishes within the number of words', () => {
    const points = [
      ['p1 number 5', 'The depot holds 1,900 vaccine doses.'],
      ['p2 point 2', 'Trucks are repaired in Lund by a firm of the town.'],
      ['p3 risk 4', 'A shortage of doses threatens two districts.'],
    ];
    const answer = PolishAnswer.parse(
      ask('summarize.polish@1', { Style: 'executive', Words: 'at most 14 in all' }, { points }),
    );

    expect(answer.headline).toEqual({ text: points[0]?.[1], from: ['p1'] });
    expect(answer.points.map(({ id }) => id)).toEqual(['p3']);
  });

  it('answers any other prompt with the first sentences of the text', () => {
    const answer = answerPrompt([
      { role: 'user', content: 'One here. Two here. Three here. Four.' },
    ]);

    expect(answer).toMatchObject({ prompt: 'other', content: 'One here. Two here. Three here.' });
    expect(answer.thinking).not.toBe('');
  });

  it('gives the same answer to the same question', () => {
    const question = () => ask('summarize.notes@2', { Notes: 'at most 3' }, { units });

    expect(question()).toEqual(question());
  });
});
