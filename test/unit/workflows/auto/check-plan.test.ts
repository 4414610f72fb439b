import { describe, expect, it } from '@jest/globals';
import { faultsOfPlan } from '#shared/workflows/auto/check-plan.ts';
import { PlanAnswer } from '#shared/workflows/auto/plan.ts';
import { workflows } from '#shared/workflows/catalog.ts';

const documents = [
  { id: 'd1', name: 'base.docx', format: 'docx' },
  { id: 'd2', name: 'revised.docx', format: 'docx' },
  { id: 'd3', name: 'scan.pdf', format: 'pdf' },
] as const;
const around = {
  workflows: workflows.filter(({ id }) => id !== 'auto'),
  instruction: 'Compare the contracts and translate the memo, then book a flight.',
  documents,
};

const compare = {
  id: 'compare',
  workflow: 'compare-contracts',
  inputs: ['d1', 'd2'],
  why: 'Asked.',
};
const german = {
  id: 'german',
  workflow: 'translate',
  inputs: ['compare/memo.docx'],
  params: { languages: ['de'] },
  why: 'Asked.',
};
const unused = [{ document: 'd3', why: 'Not asked about.' }];
const plan = { tasks: [german, compare], unused };

function faultsOf(changed: object): string[] {
  return faultsOfPlan(PlanAnswer.parse({ ...plan, ...changed }), around);
}

describe('a plan', () => {
  it('that can be run has no faults, in whatever order its tasks stand', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    { file: 'compare/redline.docx', why: 'of a workflow that makes it of two DOCX' },
    { file: 'french/base.fr.docx', why: 'named after an input and a language' },
  ])('may hand on $file, $why', ({ file }) => {
    const french = { ...german, id: 'french', inputs: ['d1'], params: { languages: ['fr'] } };
    const task = { ...german, id: 'more', workflow: 'summarize', params: {}, inputs: [file] };

    expect(faultsOf({ tasks: [compare, french, task] })).toEqual([]);
  });

  it.each([
    {
      name: 'an unknown workflow',
      tasks: [{ ...compare, workflow: 'dance' }],
      fault: /there is no workflow "dance"/,
    },
    {
      name: 'itself as a workflow',
      tasks: [{ ...compare, workflow: 'auto' }],
      fault: /there is no workflow "auto"/,
    },
    {
      name: 'an unknown document',
      tasks: [{ ...compare, inputs: ['d1', 'd9'] }],
      fault: /there is no document "d9"/,
    },
    {
      name: 'an unknown task',
      tasks: [compare, { ...german, inputs: ['x/memo.docx'] }],
      fault: /there is no task "x"/,
    },
    {
      name: 'a file that is not delivered',
      tasks: [compare, { ...german, inputs: ['compare/essay.docx'] }],
      fault: /does not deliver "essay.docx"/,
    },
    {
      name: 'too few inputs',
      tasks: [{ ...compare, inputs: ['d1'] }],
      fault: /takes 2 inputs, not 1/,
    },
    { name: 'an input twice', tasks: [{ ...compare, inputs: ['d1', 'd1'] }], fault: /named twice/ },
    {
      name: 'a format that is not read',
      tasks: [compare, { ...german, inputs: ['d3'] }],
      fault: /translate does not read pdf/,
    },
    {
      name: 'a parameter that is missing',
      tasks: [compare, { ...german, params: {} }],
      fault: /params\.languages/,
    },
    {
      name: 'a parameter that there is not',
      tasks: [{ ...compare, params: { colour: 'blue' } }],
      fault: /colour/,
    },
    {
      name: 'one id for two tasks',
      tasks: [compare, { ...german, id: 'compare' }],
      fault: /Two tasks have the id "compare"/,
    },
    {
      name: 'a task that waits for itself',
      tasks: [compare, { ...german, inputs: ['german/memo.de.docx'] }],
      fault: /circle/,
    },
  ])('with $name is refused', ({ tasks, fault }) => {
    expect(faultsOf({ tasks })).toContainEqual(expect.stringMatching(fault));
  });

  it('with two tasks that wait for each other is refused', () => {
    const first = { ...german, id: 'a', inputs: ['b/memo.docx'] };
    const second = { ...german, id: 'b', inputs: ['a/memo.docx'] };

    expect(faultsOf({ tasks: [compare, first, second] })).toContainEqual(
      expect.stringMatching(/circle/),
    );
  });

  it('that leaves a document out, or both uses it and does not, is refused', () => {
    expect(faultsOf({ unused: [] })).toEqual([expect.stringMatching(/"d3" is used by no task/)]);
    expect(faultsOf({ unused: [...unused, { document: 'd1', why: 'No.' }] })).toEqual([
      expect.stringMatching(/"d1" is used by a task and stands in "unused"/),
    ]);
    expect(faultsOf({ unused: [...unused, { document: 'd7', why: 'No.' }] })).toEqual([
      expect.stringMatching(/"d7", which is no document/),
    ]);
  });

  it('quotes what it does not serve, and says what comes nearest', () => {
    const refused = { part: 'book a flight', reason: 'acts-outside', nearest: 'summarize' };

    expect(faultsOf({ tasks: [], unused: [], notServed: [refused] })).toEqual([]);
    expect(faultsOf({ notServed: [{ ...refused, part: 'book a hotel' }] })).toHaveLength(1);
    expect(faultsOf({ notServed: [{ ...refused, nearest: 'fly' }] })).toHaveLength(1);
    expect(faultsOf({ tasks: [], unused: [] })).toHaveLength(1);
  });

  it('that a person gives is checked before the documents are read, as far as it can be', () => {
    const params = workflows.find(({ id }) => id === 'auto')?.params;
    const parse = (tasks: object[]) =>
      params?.safeParse({ instruction: 'Compare', plan: { tasks } });

    expect(parse([compare, german])?.success).toBe(true);
    expect(parse([{ ...compare, inputs: ['d1', 'd77'] }])?.success).toBe(true);
    expect(parse([{ ...compare, workflow: 'dance' }])?.success).toBe(false);
    expect(parse([{ ...compare, inputs: ['base.docx', 'd2'] }])?.success).toBe(false);
    expect(parse([])?.success).toBe(false);
  });
});
