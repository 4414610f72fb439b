import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import { viewForEdit } from '#shared/documents/edit/view.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import type { EditView } from '#shared/domain/edit-view.ts';
import { type DocumentId, unitIdOf } from '#shared/domain/ids.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { createReplacer } from '#shared/workflows/custom/replace-text.ts';
import { exampleWorkflow } from '../support/definitions.ts';
import { docxFile, paragraph, run, sourceFile } from '../support/office-files.ts';
import { readDocument } from '../support/read-document.ts';
import { driveWorkflow } from '../support/workflow-driver.ts';

const redact = exampleWorkflow('redact-pii');

/** Everything that must not be in the delivered file, some of it in several runs, some in a table, a header, a footnote. */
const planted = [
  'Anna Lee',
  'Ben Carter',
  'anna.lee@example.com',
  '+44 20 7946 0958',
  'DE89 3704 0044 0532 0130 00',
];
const file = docxFile({
  body: [
    paragraph('Report of the case'),
    `<w:p>${run('The applicant ')}${run('An', '<w:b/>')}${run('na Lee')}${run(' lives in Leeds.')}</w:p>`,
    paragraph('Write to anna.lee@example.com or call +44 20 7946 0958.'),
    paragraph('ANNA LEE was heard. So was Ben Carter, twice.'),
    `<w:p>${run('He called.')}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`,
    `<w:tbl><w:tr><w:tc>${paragraph('Account')}</w:tc><w:tc>${paragraph('DE89 3704 0044 0532 0130 00')}</w:tc></w:tr></w:tbl>`,
    '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>',
  ].join(''),
  headers: [paragraph('Case of Anna Lee')],
  footnotes: `<w:footnote w:id="2">${paragraph('Ben Carter by phone.')}</w:footnote>`,
});

let document: Document;
let editViews: ReadonlyMap<DocumentId, EditView>;

beforeAll(async () => {
  document = await readDocument(file, redact.acceptedFormats);
  editViews = new Map([[document.id, await viewForEdit(file, 'docx', 'segments')]]);
});

const answerOf = ({ messages }: CallSpec, fault?: FaultName): unknown =>
  JSON.parse(spoilContent(answerPrompt(messages).content, fault, messages));

function drive(answer: (spec: CallSpec) => unknown = answerOf) {
  return driveWorkflow(redact, [document], { answer, editViews });
}

async function deliveredText(result: ReturnType<typeof drive>): Promise<string> {
  const content = result.rendering.contents?.['test.redacted.docx'];
  if (content?.format !== 'edited') throw new Error('Expected an edited file.');
  const editable = await openForEdit(file, 'docx');
  const bytes = editable.write(new Map(Object.entries(content.texts)));
  const { units } = await readDocument(sourceFile('test.redacted.docx', bytes), ['docx']);
  return units.map(({ text }) => text).join('\n');
}

describe('redact-pii', () => {
  it('replaces every occurrence in body, table, header and footnote, also over runs and in capitals, and nothing else', async () => {
    const result = drive();
    const text = await deliveredText(result);

    for (const each of [...planted, 'ANNA LEE']) expect(text).not.toContain(each);
    expect(text).toContain('The applicant [name] lives in Leeds.');
    expect(text).toContain('Write to [e-mail] or call [phone].');
    expect(text).toContain('Account | [bank account]');
    expect(text).toContain('Case of [name]');
    expect(text).toContain('Report of the case');
    expect(redact.account?.(result.context)).toEqual({});
  });

  it('delivers a list that does not repeat what was replaced', () => {
    const { rendering } = drive();
    const delivered = JSON.stringify([
      rendering.result,
      rendering.citations,
      rendering.contents?.['redactions.xlsx'],
    ]);

    for (const each of planted) expect(delivered).not.toContain(each);
    expect(delivered).toContain('A••• (8 characters)');
  });

  it('finds what has a form by code, though the model sees nothing', async () => {
    const result = drive(() => ({ findings: [] }));
    const text = await deliveredText(result);

    expect(text).not.toMatch(/anna\.lee@|7946|DE89/);
    expect(text).toContain('Anna Lee');
    expect(result.rendering.result).toMatchObject({ addedByCode: 3 });
  });

  it('drops an invented text, has the model asked about it, and changes nothing for it', async () => {
    const honest = drive();
    const lying = drive((spec) => answerOf(spec, 'invented-quote'));

    expect(lying.faults.some((fault) => fault.includes('letter by letter'))).toBe(true);
    expect(lying.outputs.get('check')).toMatchObject({
      dropped: [{ stage: 'find', reason: 'quote-not-found' }],
    });
    expect(await deliveredText(lying)).toBe(await deliveredText(honest));
  });

  it('is PARTIAL, and says where, where a text stands in the address of a link or in deleted text', () => {
    const first = document.units.find(({ text }) => text.startsWith('Write to'));
    if (first === undefined) throw new Error('Expected the paragraph with the address.');
    const linked: Document = {
      ...document,
      units: document.units.map((unit) =>
        unit === first
          ? { ...unit, links: [{ from: 9, to: 29, target: 'mailto:anna.lee@example.com' }] }
          : unit,
      ),
      changes: [{ kind: 'deletion', text: 'Ben Carter said no.', locator: first.locator }],
    };
    const result = driveWorkflow(redact, [linked], { answer: answerOf, editViews });

    expect(redact.account?.(result.context).problems).toMatchObject([
      { code: 'replacement_incomplete', details: { places: 2 } },
    ]);
    const notices = JSON.stringify(result.rendering.contents?.['redactions.xlsx']);
    expect(notices).toContain('the address of a link');
    expect(notices).toContain('deletion is tracked');
  });

  it.each([
    ['Write to anna.lee@example.com.', {}],
    ['Write to [us](mailto:anna.lee@example.com).', { problems: [{ details: { places: 1 } }] }],
    [
      'Write to [anna.lee@example.com](mailto:anna.lee@example.com).',
      { problems: [{ details: { places: 1 } }] },
    ],
  ])(
    'of “%s” in Markdown leaves only what stands in an address of its own',
    async (line, account) => {
      const markdown = sourceFile('note.md', new TextEncoder().encode(`${line}\n`));
      const note = await readDocument(markdown, redact.acceptedFormats);
      const view = await viewForEdit(markdown, 'markdown', 'segments');
      const result = driveWorkflow(redact, [note], {
        answer: () => ({ findings: [{ text: 'anna.lee@example.com', category: 'e-mail' }] }),
        editViews: new Map([[note.id, view]]),
      });

      expect(redact.account?.(result.context)).toMatchObject(account);
      expect('problems' in (redact.account?.(result.context) ?? {})).toBe('problems' in account);
    },
  );

  it('is PARTIAL where a text of the body cannot be rewritten, however often a header repeats it', () => {
    const [first] = document.units;
    const view = editViews.get(document.id);
    if (first === undefined || view?.kind !== 'segments') throw new Error('Expected both.');
    const unrewritable: Document = {
      ...document,
      units: [
        ...document.units,
        { ...first, id: unitIdOf(document.id, 99), text: 'Signed by Anna Lee' },
      ],
    };
    const heading = view.segments.find(({ text }) => text === 'Case of Anna Lee');
    if (heading?.locator.kind !== 'docx') throw new Error('Expected the header.');
    const again = { ...heading, id: 'again', locator: { ...heading.locator, story: 2 } };
    const views = new Map([[document.id, { ...view, segments: [...view.segments, again] }]]);
    const result = driveWorkflow(redact, [unrewritable], { answer: answerOf, editViews: views });

    expect(redact.account?.(result.context).problems).toMatchObject([
      { code: 'replacement_incomplete', details: { places: 1 } },
    ]);
  });

  it('names what nobody has looked at and stays in the file', () => {
    const spoken: Document = {
      ...document,
      units: document.units.map((unit) => ({ ...unit, author: 'Mara Ellin' })),
    };
    const { rendering } = driveWorkflow(redact, [spoken], { answer: answerOf, editViews });

    expect(JSON.stringify(rendering.contents?.['redactions.xlsx'])).toContain(
      'Not looked at in test.docx, and still there: names of those who speak or have written comments (1).',
    );
  });

  it('names what could not be read, since nothing there was replaced', () => {
    const { rendering } = drive(() => undefined);
    expect(JSON.stringify(rendering.contents?.['redactions.xlsx'])).toContain(
      'This result is not complete',
    );
  });
});

describe('replacing', () => {
  it('keeps every tag once and in order, wherever the text begins and ends', async () => {
    const word = fc.constantFrom('Anna Lee', 'sees', 'Anna', 'Lee', 'a & b', '<');
    const mark = fc.constantFrom('<g1>', '</g1>', '<x2/>');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, mark), { maxLength: 12 }), async (pieces) => {
        const tagged = pieces
          .map((piece) =>
            /^<[/gx]/.test(piece)
              ? piece
              : ` ${piece.replace('&', '&amp;').replace(/^<$/, '&lt;')} `,
          )
          .join('');
        const { text } = createReplacer([{ text: 'Anna Lee', by: '[<name>]' }])(tagged);
        const tags = /<\/?[gx]\d+\/?>/g;
        expect(text.match(tags)).toEqual(tagged.match(tags));
        expect(text.replace(tags, '').replace(/\s+/g, ' ')).not.toContain('Anna Lee');
      }),
    );
  });
});
