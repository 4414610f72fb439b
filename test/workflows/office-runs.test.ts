import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyArtifacts } from '#shared/cli/local-files.ts';
import { runTask } from '#shared/cli/run.ts';
import { writePptx } from '#shared/documents/write/pptx.ts';
import type { Document } from '#shared/domain/document.ts';
import type { Task } from '#shared/domain/task.ts';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { plantedEdits } from '../../examples/content/contract/revision.ts';
import {
  ledgerSheets,
  letter,
  repairFields,
  statementLines,
} from '../../examples/content/repairs.ts';
import { makeExampleDocuments } from '../../examples/make-documents.ts';
import { acceptedTexts, rejectedTexts, textsOf } from '../support/compare-docx.ts';
import { linesAt, makePdf } from '../support/pdf-files.ts';
import { bullet, presentationOf } from '../support/presentations.ts';
import { readNamed } from '../support/read-transcript.ts';
import { convertFiles, findSoffice } from '../support/soffice.ts';

const clauses = (days: number, notice: string) => [
  `1. Invoices are due ${days} days after receipt of a proper invoice.`,
  '2. The supplier delivers to the depot that the buyer names.',
  `3. Notices are sent by ${notice} to the address above.`,
  '4. The liability of the supplier is limited to 5,000 euros in each contract year.',
];
const contractPdf = (days: number, notice: string) =>
  makePdf({ pages: [{ content: linesAt([60, 740], clauses(days, notice)) }] });

const deck = presentationOf(
  { kind: 'title', title: 'Depots in 2026', subtitle: 'Report to the board' },
  {
    kind: 'bullets',
    title: 'Where we stand',
    content: {
      items: [
        bullet('The depot moved 412 wagons in the first quarter.'),
        bullet('The lease ends on 31 December 2026.', 1),
      ],
    },
    notes: ['Say that the figures were counted by hand.'],
  },
);

/** Files of this run, and copies of what came out of each workflow in a folder of its name. */
let folder = '';
let runtime: LocalRuntime;
const input = (name: string) => join(folder, name);
/** Office files that came out, by a name that none shares. */
const office = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quire-office-runs-'));
  await makeExampleDocuments(folder);
  await writeFile(input('base.pdf'), contractPdf(30, 'letter'));
  await writeFile(input('revised.pdf'), contractPdf(60, 'letter or mail'));
  await writeFile(input('deck.pptx'), (await writePptx(deck)).bytes);
  runtime = await startLocalRuntime({ dataDirectory: join(folder, 'data'), environment: {} });
});
afterAll(async () => {
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a workflow as `quire run` does. */
async function run(workflow: string, names: readonly string[], params: Record<string, unknown>) {
  const files = names.map(input);
  const task: Task = await runTask(runtime, { workflow, params, options: {} }, { files });
  const out = join(folder, 'out', `${workflow}-${names[0]}`);
  const delivered = await copyArtifacts(runtime, task, out);
  for (const name of delivered.filter((each) => /\.(docx|pptx|xlsx)$/.test(each))) {
    office.set(`${office.size}-${name}`, join(out, name));
  }
  const bytes = async (name: string) => new Uint8Array(await readFile(join(out, name)));
  return {
    task,
    bytes,
    delivered,
    read: async (name: string) => readNamed(name, await bytes(name)),
    json: async (name: string) => JSON.parse(new TextDecoder().decode(await bytes(name))),
  };
}

const figuresOf = ({ units }: Document) => units.map(({ text }) => text.match(/\d+/g) ?? []);

describe('compare-contracts', () => {
  it('makes a redline of two Word files that reads as the one or the other', async () => {
    const names = ['service-contract.docx', 'service-contract-revised.docx'] as const;
    const { task, bytes, json } = await run('compare-contracts', names, { viewpoint: 'buyer' });
    const [base, revised] = await Promise.all(names.map((name) => readFile(input(name))));
    const redline = await bytes('redline.docx');
    const { changes } = await json('result.json');

    expect(task.status).toBe('SUCCEEDED');
    expect(acceptedTexts(redline)).toEqual(textsOf(new Uint8Array(revised ?? [])));
    expect(rejectedTexts(redline)).toEqual(textsOf(new Uint8Array(base ?? [])));
    expect(changes).toHaveLength(plantedEdits.length);
  });

  it('gives a redline of the text of two PDFs, and says in the memo that the layout is gone', async () => {
    const { task, bytes, read, json } = await run(
      'compare-contracts',
      ['base.pdf', 'revised.pdf'],
      {},
    );
    const memo = (await read('memo.docx')).units.map(({ text }) => text).join('\n');
    const { changes } = await json('result.json');

    expect(task.status).toBe('SUCCEEDED');
    const redline = await bytes('redline.docx');
    expect(rejectedTexts(redline).join('\n')).toContain('30 days');
    expect(acceptedTexts(redline).join('\n')).not.toContain('30 days');
    expect(acceptedTexts(redline).join('\n')).toContain('60 days');
    expect(changes.map(({ after }: { after: string }) => after)).toEqual([
      expect.stringContaining('60 days'),
      expect.stringContaining('letter or mail'),
    ]);
    expect(memo).toContain('The redline has the text of base.pdf without its layout');
    expect(memo).toContain('60 days');
  });
});

describe('translate', () => {
  it.each([
    ['handbook.docx', 'glossary.csv'],
    ['deck.pptx', undefined],
    ['repair-ledger.xlsx', undefined],
  ])('gives %s back in its own format, every text of it', async (name, glossary) => {
    const names = [name, ...(glossary === undefined ? [] : [glossary])];
    const { task, read, json } = await run('translate', names, {
      languages: ['de'],
      source: 'en',
      ...(glossary === undefined ? {} : { glossary }),
    });
    const before = await readNamed(name, new Uint8Array(await readFile(input(name))));
    const after = await read(name.replace(/\.(\w+)$/, '.de.$1'));
    const { languages } = await json('qa.json');

    expect(task.status).toBe('SUCCEEDED');
    expect(after.units.map(({ kind }) => kind)).toEqual(before.units.map(({ kind }) => kind));
    expect(figuresOf(after)).toEqual(figuresOf(before));
    const same = after.units.filter(({ text }, index) => text === before.units[index]?.text);
    expect(same.filter(({ text }) => /[a-z]{4,} [a-z]{4,}/.test(text))).toEqual([]);
    expect(languages[0]).toMatchObject({ failed: 0 });
  });
});

describe('extract-table', () => {
  it('puts the lines of a statement, a ledger and a letter into one table, each with its source', async () => {
    const { task, json } = await run(
      'extract-table',
      ['repair-statement.pdf', 'repair-ledger.xlsx', 'repair-letter.docx'],
      { fields: [...repairFields] },
    );
    const { rows, missing, reconciliation } = await json('result.json');
    const cellOf = (row: Row, name: string) => row.fields[name]?.value;
    const ledger = ledgerSheets.flatMap((sheet) => sheet.rows.filter(([, date]) => date !== ''));

    expect(task.status).toBe('SUCCEEDED');
    expect(rows.map((row: Row) => [cellOf(row, 'Invoice'), cellOf(row, 'Item')])).toEqual([
      ...statementLines.map(([invoice, , item]) => [invoice, item]),
      ...ledger.map(([invoice, , item]) => [invoice, item]),
      ...letter.lines.map((line) => [
        /Invoice: ([\w-]+)/.exec(line)?.[1],
        /Item: ([^;]+)/.exec(line)?.[1],
      ]),
    ]);
    expect(missing).toEqual([]);
    expect(reconciliation.totals.map(({ agrees }: { agrees: boolean }) => agrees)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

interface Row {
  readonly fields: Readonly<Record<string, { readonly value: unknown }>>;
}

describe('minutes and answer-questions', () => {
  it('write minutes into the template of a house', async () => {
    const params = JSON.parse(await readFile(input('meeting.json'), 'utf8'));
    const { task, read } = await run(
      'minutes',
      ['meeting.vtt', 'agenda.md', 'minutes-template.docx'],
      params,
    );
    const text = (await read('minutes.docx')).units.map((unit) => unit.text).join('\n');

    expect(task.status).toBe('SUCCEEDED');
    expect(text).toContain('Objections within five working days.');
    expect(text).toContain('close Pell Wharf on 30 September 2026');
    expect(text).not.toMatch(/\{\{/);
  });

  it('answer from a PDF and a Word file', async () => {
    const { task, read } = await run(
      'answer-questions',
      ['repair-statement.pdf', 'handbook.docx'],
      {
        questions: [
          'How many minutes does the brake test take at least?',
          'Who insures the ferry?',
        ],
      },
    );
    const text = (await read('answers.docx')).units.map((unit) => unit.text).join('\n');

    expect(task.status).toBe('SUCCEEDED');
    expect(text).toContain('The brake test takes at least 12 minutes.');
    expect(text).toContain('Not found in the documents.');
  });
});

const soffice = findSoffice();
(soffice === undefined ? it.skip : it)(
  'every Office file of these runs opens in LibreOffice (skipped where it is not installed)',
  async () => {
    const place = await mkdtemp(join(folder, 'office-'));
    for (const [name, file] of office) await copyFile(file, join(place, name));
    await convertFiles(soffice ?? '', { folder: place, names: [...office.keys()], to: 'pdf' });

    const opened = (await readdir(place)).filter((name) => name.endsWith('.pdf'));
    expect(office.size).toBeGreaterThanOrEqual(12);
    expect(opened.sort()).toEqual(
      [...office.keys()].map((name) => name.replace(/\.\w+$/, '.pdf')).sort(),
    );
  },
  120_000,
);
