import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { runTask } from '#shared/cli/run.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Task } from '#shared/domain/task.ts';
import { startLocalRuntime } from '#shared/runtime/local.ts';
import { writeQuestionnaire } from '../../examples/writing/questionnaire.ts';
import { convertToPdf, findSoffice } from '../support/soffice.ts';

const source = `# Annual report

Revenue for the year ended 31 March 2026 was €184.6 million. The company employs 231 drivers.
`;
const sheetPart = 'xl/worksheets/sheet1.xml';
const soffice = findSoffice();

describe('a questionnaire through the local runtime', () => {
  const questionnaire = writeQuestionnaire();
  let folder = '';
  let task: Task;
  let filled: Uint8Array;
  let coverage: { documents: { name: string; units: { state: string; reason?: string }[] }[] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quire-questionnaire-'));
    const files = [join(folder, 'report.md'), join(folder, 'questionnaire.xlsx')] as const;
    await writeFile(files[0], source);
    await writeFile(files[1], questionnaire);
    const runtime = await startLocalRuntime({
      dataDirectory: join(folder, 'data'),
      environment: {},
    });
    const params = { questions: 'questionnaire.xlsx' };
    task = await runTask(runtime, { workflow: 'answer-questions', params, options: {} }, { files });
    const artifact = async (name: string) =>
      (await runtime.objects.get(objectKeys.artifact(task.taskId, name))) ?? new Uint8Array();
    filled = await artifact('questionnaire-answered.xlsx');
    coverage = JSON.parse(new TextDecoder().decode(await artifact('coverage.json')));
    await runtime.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('comes back filled in', () => {
    const sheet = new TextDecoder().decode(unzipSync(filled)[sheetPart]);

    expect(task.status).toBe('SUCCEEDED');
    expect(sheet).toMatch(/<c r="C5" s="4"[^>]*>.*?184\.6 million.*?<\/c>/);
    expect(sheet).toMatch(/<c r="D5"[^>]*>.*?report\.md, .*?184\.6 million.*?<\/c>/);
    expect(sheet).toMatch(/<c r="C16"[^>]*>.*?Not found in the documents\..*?<\/c>/);
    expect(sheet).toContain('The sales office, by telephone.');
  });

  it('is untouched but for the answers and their sources', () => {
    const before = unzipSync(questionnaire);
    const after = unzipSync(filled);
    const withoutAnswers = (bytes: Uint8Array | undefined) =>
      new TextDecoder()
        .decode(bytes)
        .replace(/<c r="C(?:[5-9]|1[0-8])"[^>/]*(?:\/>|>.*?<\/c>)/g, '')
        .replace(/<c r="D\d+"[^>]*>.*?<\/c>/g, '')
        .replace(/<dimension ref="A1:[CD]19"\/>/, '');

    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [name, bytes] of Object.entries(before)) {
      if (name !== sheetPart) expect(after[name]).toEqual(bytes);
    }
    expect(withoutAnswers(after[sheetPart])).toBe(withoutAnswers(before[sheetPart]));
  });

  it('has its questions in the coverage: asked, or left alone with the reason (I6)', () => {
    const { units } = coverage.documents.find(({ name }) => name === 'questionnaire.xlsx') ?? {
      units: [],
    };

    expect(units.filter(({ state }) => state === 'used')).toHaveLength(14);
    expect(units.map(({ reason }) => reason)).toContain(
      'not asked: it is answered in the workbook already',
    );
  });

  (soffice === undefined ? it.skip : it)('opens in LibreOffice', async () => {
    const pdf = await convertToPdf(soffice ?? '', filled, 'xlsx');

    expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-');
  });
});
