import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { unzipSync } from 'fflate';
import { collapse, plainText } from '../../examples/independent-search.ts';
import { acceptedTexts, rejectedTexts, textsOf } from '../support/compare-docx.ts';
import { docxOf } from '../support/contract-versions.ts';
import { row as docxRow } from '../support/docx-content.ts';
import { makeDocx, paragraph } from '../support/office-files.ts';
import { readNamed } from '../support/read-transcript.ts';
import type { Deployment } from '../support/scenarios/deployment.ts';
import { runName, type Scenario, type ScenarioTools } from '../support/scenarios/tools.ts';
import { row, workbookFile } from '../support/workbook-files.ts';

/** Each workflow on Office files of its own kind, and what it delivers looked at by other means than those that made it. */
export const workflowScenarios: readonly Scenario[] = [
  {
    name: 'an estimate without a task',
    async run(tools) {
      const { deployment, upload, post, get, follow, accept } = tools;
      const workbook = partsWorkbook('Estimated');
      const uploadId = await upload('parts.xlsx', workbook);
      const request = {
        workflow: 'extract-table',
        inputs: [{ uploadId }],
        params: { fields: ['No', 'Part', 'Price'] },
      };
      const before = (await get('/v1/tasks?limit=100')).body.tasks.length;

      const told = await post('/v1/estimates', request);
      const unread = await post('/v1/estimates', {
        ...request,
        inputs: [{ name: 'empty.md', text: ' ' }],
      });
      const byCommand = await estimateByCommand(deployment, workbook, request.params);
      const after = (await get('/v1/tasks?limit=100')).body.tasks.length;
      const task = await follow(await accept(request));

      expect(told).toMatchObject({
        status: 200,
        body: { documents: [{ name: 'parts.xlsx', units: 32 }] },
      });
      expect(byCommand).toEqual(told.body);
      expect(unread).toMatchObject({ status: 422, body: { code: 'empty_file' } });
      expect(after).toBe(before);
      // The upload is still there for the task, whose record has the same estimate.
      expect(task).toMatchObject({ status: 'SUCCEEDED' });
      expect(told.body).toMatchObject(task.estimate);
      expect(task.usage.attempts).toBeGreaterThanOrEqual(told.body.calls.low);
      expect(task.usage.attempts).toBeLessThanOrEqual(told.body.calls.high);
    },
  },
  {
    name: 'a table extracted from a workbook and a document',
    async run(tools) {
      const body = `<w:tbl>${[['No', 'Part', 'Price'], ...parts('Rail', 31, 8)].map((cells) => docxRow(cells)).join('')}</w:tbl>`;
      const { task, text } = await runWorkflow(tools, {
        workflow: 'extract-table',
        files: { 'parts.xlsx': partsWorkbook('Axle'), 'more.docx': makeDocx({ body }) },
        params: { fields: ['No', 'Part', 'Price'] },
      });
      const workbook = await readNamed(
        'table.xlsx',
        await tools.artifact(task.taskId, 'table.xlsx'),
      );

      const [, ...lines] = (await text('table.csv')).trim().split('\r\n');
      const wanted = [...parts('Axle', 1, 30), ...parts('Rail', 31, 8)];
      expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual(wanted);
      expect(workbook.units.length).toBeGreaterThan(wanted.length);
    },
  },
  {
    name: 'two contracts compared',
    async run(tools) {
      const base = contract('30 days', 'letter');
      const revised = contract('60 days', 'letter or mail');
      const { task, json } = await runWorkflow(tools, {
        workflow: 'compare-contracts',
        files: { 'base.docx': base, 'revised.docx': revised },
        params: { viewpoint: 'buyer' },
      });
      const redline = await tools.artifact(task.taskId, 'redline.docx');
      const { changes } = await json('result.json');

      expect(acceptedTexts(redline)).toEqual(textsOf(revised));
      expect(rejectedTexts(redline)).toEqual(textsOf(base));
      expect(textsOf(base)).not.toEqual(textsOf(revised));
      expect(changes.map(({ after }: { after: string }) => after)).toEqual([
        expect.stringContaining('60 days'),
        expect.stringContaining('letter or mail'),
      ]);
    },
  },
  {
    name: 'a document translated in place',
    async run(tools) {
      const source = makeDocx({
        body: [
          paragraph(`The depot of ${runName} moved 412 wagons in the first quarter.`),
          `<w:tbl>${docxRow(['Place', 'Number of wagons'])}${docxRow(['North yard', '412'])}</w:tbl>`,
          paragraph('The contract ends on 31 March 2027, unless the parties agree otherwise.'),
        ].join(''),
        headers: [paragraph('Report to the board')],
        footnotes: `<w:footnote w:id="2">${paragraph('Counted by hand.')}</w:footnote>`,
      });
      const { task, json } = await runWorkflow(tools, {
        workflow: 'translate',
        files: { 'report.docx': source },
        params: { languages: ['de'], source: 'en' },
      });
      const before = await readNamed('report.docx', source);
      const after = await readNamed(
        'report.de.docx',
        await tools.artifact(task.taskId, 'report.de.docx'),
      );
      const qa = await json('qa.json');

      expect(after.units.map(({ kind }) => kind)).toEqual(before.units.map(({ kind }) => kind));
      for (const [index, { text }] of before.units.entries()) {
        const translated = after.units[index]?.text ?? '';
        if (/[a-z]{4}/.test(text)) expect(translated).not.toBe(text);
        expect(figuresOf(translated)).toEqual(figuresOf(text));
      }
      expect(qa.languages[0]).toMatchObject({ failed: 0 });
    },
  },
  {
    name: 'a questionnaire filled in from documents',
    async run(tools) {
      const report = makeDocx({
        body: [
          paragraph(`Revenue of the depot of ${runName} was 184.6 million euros in 2026.`),
          paragraph('The company employs 231 drivers.'),
        ].join(''),
      });
      const questionnaire = workbookFile({
        sheets: [
          {
            name: 'Questions',
            rows: [
              row(1, ['Question', 'Answer']),
              row(2, ['How many drivers does the company employ?']),
              row(3, ['Which insurer covers the museum ship?']),
            ].join(''),
          },
          { name: 'Notes', rows: row(1, ['Not to be touched', 7]) },
        ],
      }).bytes;
      const { task, json } = await runWorkflow(tools, {
        workflow: 'answer-questions',
        files: { 'report.docx': report, 'questions.xlsx': questionnaire },
        params: { questions: 'questions.xlsx' },
      });
      const filled = await tools.artifact(task.taskId, 'questions-answered.xlsx');
      const { questions } = await json('result.json');

      expect(questions.map(({ status }: { status: string }) => status)).toEqual([
        'answered',
        'not-found',
      ]);
      expect(textOfZip(filled)).toContain('231 drivers');
      // The sheet, and the formats for cells whose text goes over several lines.
      expect(changedParts(questionnaire, filled)).toEqual([
        'content/looks.xml',
        'content/tab0.xml',
      ]);
    },
  },
  {
    name: 'minutes of a meeting',
    async run(tools) {
      const talk = `WEBVTT

00:01.000 --> 00:05.000
<v Anna Meyer>Okay, so we agreed to cut the travel budget of ${runName} by 10 percent.

00:06.000 --> 00:09.000
<v Ben Ode>I'll send the revised budget by Friday.
`;
      const { task, text } = await runWorkflow(tools, {
        workflow: 'minutes',
        files: { 'talk.vtt': new TextEncoder().encode(talk) },
        params: { date: '2026-03-11', attendees: ['Anna Meyer', 'Ben Ode'] },
      });
      const minutes = await readNamed(
        'minutes.docx',
        await tools.artifact(task.taskId, 'minutes.docx'),
      );

      expect(await text('actions.csv')).toContain(
        "Ben Ode,Send the revised budget.,2026-03-13,I'll send the revised budget by Friday.,00:00:06",
      );
      expect(await text('decisions.csv')).toContain('10 percent');
      expect(minutes.units.map((unit) => unit.text).join('\n')).toContain('cut the travel budget');
    },
  },
];

/** What `quire estimate` prints of a server. */
async function estimateByCommand(
  { cli, url }: Deployment,
  workbook: Uint8Array,
  params: object,
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-estimate-'));
  try {
    await writeFile(join(folder, 'parts.xlsx'), workbook);
    await writeFile(join(folder, 'params.json'), JSON.stringify(params));
    const command = ['estimate', 'extract-table', join(folder, 'parts.xlsx')];
    const options = ['--params', join(folder, 'params.json'), '--url', url()];
    const { code, stdout, stderr } = await cli([...command, ...options]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Run {
  readonly workflow: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly params: object;
}

/** Uploads the files, follows the task to its end and checks what holds for every workflow. */
async function runWorkflow(
  { upload, accept, follow, json, artifact }: ScenarioTools,
  { workflow, files, params }: Run,
) {
  const inputs: object[] = [];
  for (const [name, bytes] of Object.entries(files))
    inputs.push({ uploadId: await upload(name, bytes) });
  const taskId = await accept({ workflow, inputs, params });
  const task = await follow(taskId);
  const { totals } = await json(taskId, 'coverage.json');
  const citations: { quote: string; verified: boolean }[] = await json(taskId, 'citations.json');
  const sources = Object.values(files).map(textOfFile).join(' ');

  expect(task).toMatchObject({ status: 'SUCCEEDED', workflow: { id: workflow } });
  expect(totals).toMatchObject({ failed: 0 });
  expect(totals.used + totals.skipped).toBe(totals.units);
  expect(citations.filter(({ quote }) => !sources.includes(collapse(quote)))).toEqual([]);
  return {
    task,
    json: (name: string) => json(taskId, name),
    text: async (name: string) => new TextDecoder().decode(await artifact(taskId, name)),
  };
}

/** Text of a file by nothing that Quire reads files with. */
function textOfFile(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? textOfZip(bytes) : collapse(new TextDecoder().decode(bytes));
}

function textOfZip(bytes: Uint8Array): string {
  const parts = Object.entries(unzipSync(bytes)).filter(([name]) => name.endsWith('.xml'));
  return parts.map(([, part]) => plainText(new TextDecoder().decode(part))).join(' ');
}

function changedParts(before: Uint8Array, after: Uint8Array): string[] {
  const [old, now] = [unzipSync(before), unzipSync(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  const isSame = (name: string) => Buffer.compare(old[name] ?? empty, now[name] ?? empty) === 0;
  return [...names].filter((name) => !isSame(name));
}

const empty = new Uint8Array();

/** Rows of a list of parts: number, name that no other run has, price. */
function parts(label: string, from: number, count: number): string[][] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    return [`${number}`, `${label} ${runName} type ${number}`, `${number * 3}.5`];
  });
}

function partsWorkbook(label: string): Uint8Array {
  const rows = parts(label, 1, 30).map(([number, name, price], index) =>
    row(index + 2, [Number(number), name ?? '', Number(price)]),
  );
  const head = row(1, ['No', 'Part', 'Price']);
  return workbookFile({ sheets: [{ name: 'Parts', rows: head + rows.join('') }] }).bytes;
}

function contract(term: string, form: string): Uint8Array {
  return docxOf(
    [
      { kind: 'paragraph', text: `1. This contract is made for the depot of ${runName}.` },
      { kind: 'paragraph', text: `2. Invoices are due ${term} after receipt of an invoice.` },
      { kind: 'paragraph', text: `3. Notices are sent by ${form} to the address above.` },
      { kind: 'table', rows: [['Item', 'Price'], ['Ink', '3.00']] }, // biome-ignore format: a table
    ],
    { header: `Contract ${runName}` },
  );
}

function figuresOf(text: string): string[] {
  return text.match(/\d+/g) ?? [];
}
