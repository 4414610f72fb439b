import { describe, expect, it } from '@jest/globals';
import { isQuireError } from '#shared/domain/errors.ts';
import { loadWorkflows } from '#shared/workflows/custom/load.ts';
import { exampleWorkflow, sampleDefinition, workflowOf } from '../../../support/definitions.ts';

/** The sample with one line changed, and the number of that line. */
function changed(line: string, by: string): { text: string; at: number } {
  const lines = sampleDefinition.split('\n');
  const at = lines.findIndex((each) => each.trim() === line.trim());
  if (at === -1) throw new Error(`Expected the sample to have a line “${line}”.`);
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  return {
    text: lines.toSpliced(at, 1, ...by.split('\n').map((each) => indent + each)).join('\n'),
    at: at + 1,
  };
}

function faultsOf(text: string): readonly string[] {
  try {
    loadWorkflows([{ name: 'workflows/sample.yaml', text }]);
  } catch (error) {
    if (isQuireError(error) && error.code === 'invalid_workflow') {
      const { faults } = error.details;
      return Array.isArray(faults) ? faults.map(String) : [];
    }
    throw error;
  }
  return [];
}

const cases: readonly (readonly [
  string,
  { line: string; by: string; below?: number; says: string },
])[] = [
  [
    'a kind that does not exist',
    {
      line: '- kind: read',
      by: '- kind: fetch',
      says: 'column 11: stages[0].kind: expected one of read, split, map',
    },
  ],
  [
    'a field of another name',
    {
      line: 'tokens: 300',
      by: 'token: 300',
      says: 'column 5: stages[1].token: expected a field that docs',
    },
  ],
  [
    'a text where a number belongs',
    {
      line: 'tokens: 300',
      by: 'tokens: many',
      says: 'column 13: stages[1].tokens: expected a number, got “many”',
    },
  ],
  [
    'a number out of bounds',
    {
      line: 'tokens: 300',
      by: 'tokens: 3',
      says: 'stages[1].tokens: expected a number of at least 200, got 3',
    },
  ],
  [
    'an id in another spelling',
    {
      line: 'id: sample',
      by: 'id: My Sample',
      says: 'column 5: id: expected lower-case words joined by hyphens',
    },
  ],
  [
    'the id of a built-in workflow',
    {
      line: 'id: sample',
      by: 'id: translate',
      says: 'got that of the built-in workflow translate',
    },
  ],
  [
    'an unknown parameter in a prompt',
    {
      line: 'Be {{params.tone}}.',
      by: 'Be {{params.mood}}.',
      says: 'stages[2].prompt: expected a parameter such as {{params.tone}} (known: tone), got {{params.mood}}',
    },
  ],
  [
    'a default that the parameter does not take',
    {
      line: 'tone: { type: string, enum: [dry, warm], default: dry }',
      by: 'tone: { type: string, enum: [dry, warm], default: wet }',
      says: 'params.properties.tone.default: expected a value',
    },
  ],
  [
    'a required field that is none',
    {
      line: 'required: [text, quote]',
      by: 'required: [text, qoute]',
      says: 'required[1]: expected one of the properties text, quote, got qoute',
    },
  ],
  [
    'a stage that does not exist',
    {
      line: 'from: check',
      by: 'from: checks',
      says: 'stages[4].from: expected one of the earlier stages notes, check, got checks',
    },
  ],
  [
    'a verification without quotes',
    {
      line: 'quote: { type: string, format: quote }',
      by: 'quote: { type: string }',
      below: 3,
      says: 'stages[3].of: expected a stage whose schema has a string of format quote or exact',
    },
  ],
  [
    'a field that a template makes up',
    { line: '- {{text}}{{cite quote}}', by: '- {{texts}}', says: 'got texts' },
  ],
  [
    'a list that is shown as one value',
    {
      line: '{{#each check.notes}}',
      by: '{{#each check.nots}}',
      says: 'expected a field of check (notes), got check.nots',
    },
  ],
  [
    'a quote that nobody has checked',
    {
      line: '{{#each check.notes}}',
      by: '{{#each notes.notes}}',
      below: 1,
      says: 'expected quotes that a stage of kind verify has checked',
    },
  ],
  [
    'a section that is not closed',
    { line: '{{/each}}', by: '', below: -2, says: 'expected {{/each}} for this {{#each …}}' },
  ],
  [
    'two stages of one name',
    {
      line: 'name: check',
      by: 'name: notes',
      says: 'stages[3].name: expected a name of its own, got notes like stages[2]',
    },
  ],
  [
    'a file name of every task',
    {
      line: 'name: notes.docx',
      by: 'name: Report 1.docx',
      says: 'expected a file name that ends in .docx or .md',
    },
  ],
];

describe('a definition with a fault', () => {
  it.each(cases)('%s is told with its line', (_, { line, by, below = 0, says }) => {
    const { text, at } = changed(line, by);
    const faults = faultsOf(text);

    expect(
      faults.some((fault) => fault.startsWith(`line ${at + below}, `) && fault.includes(says)),
    ).toBe(true);
  });

  it('has all of its faults told at once, and the sentence names the file', () => {
    const text = changed('version: 1', 'version: one').text.replace('tokens: 300', 'tokens: 3');
    const lines = faultsOf(text).map((fault) => fault.split(',')[0]);

    expect(lines).toEqual(['line 2', 'line 11']);
    expect(() => workflowOf(text)).toThrow(
      /^Expected workflows\/sample\.yaml to define a workflow/,
    );
  });

  it('that is no YAML is told with the line where it ends to be', () => {
    expect(faultsOf('id: sample\ntitle: "open\n')[0]).toMatch(
      /^line [23], column \d+: expected YAML/,
    );
  });

  it('that has a last stage other than render, or asks nothing, is refused', () => {
    const faults = faultsOf(
      'id: a\nversion: 1\ntitle: A\ndescription: A.\nstages:\n  - kind: read\n  - kind: split\n    tokens: 500\n',
    );
    expect(faults).toEqual([
      expect.stringContaining('line 6, column 3: stages: expected a stage that asks the model'),
      expect.stringContaining(
        'line 7, column 5: stages[1]: expected the last stage to be of kind render',
      ),
    ]);
  });

  it('with aliases is refused, since a small text could mean a huge one', () => {
    expect(faultsOf('id: &a sample\ntitle: *a\n')[0]).toContain('without aliases');
  });
});

describe('definitions', () => {
  it('may be JSON', () => {
    const schema = { type: 'object', properties: { answer: { type: 'string' } } };
    const text = JSON.stringify({
      id: 'as-json',
      version: 2,
      title: 'As JSON',
      description: 'One question.',
      stages: [
        { kind: 'model', name: 'ask', prompt: 'What is it?', schema },
        { kind: 'approve', what: 'final' },
        {
          kind: 'render',
          artifacts: [{ kind: 'report', name: 'a.md', template: '{{ask.answer}}' }],
        },
      ],
    });

    expect(workflowOf(text)).toMatchObject({ id: 'as-json', version: 2, approval: 'final' });
  });

  it('of two files need ids of their own', () => {
    const file = { name: 'workflows/a.yaml', text: sampleDefinition };
    expect(() => loadWorkflows([file, { ...file, name: 'workflows/b.yaml' }])).toThrow(
      /workflows\/b\.yaml.*line 1, column 5: id: expected an id of its own, got sample like workflows\/a\.yaml/,
    );
  });

  it('that the repository ships have no faults', () => {
    expect(exampleWorkflow('redact-pii').editView).toBe('segments');
    expect(exampleWorkflow('triage-inbox').stages.map(({ name }) => name)).toEqual([
      'sort',
      'check',
    ]);
  });

  it('take parameters as strictly as built-in workflows', () => {
    const { params } = workflowOf(sampleDefinition);
    expect(params.parse({})).toEqual({ tone: 'dry' });
    expect(params.safeParse({ tone: 'wet' }).success).toBe(false);
    expect(params.safeParse({ other: 1 }).success).toBe(false);
  });
});
