import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDocuments } from '#shared/documents/read-document.ts';
import type { Document } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { maxInputs, TaskRequest } from '#shared/domain/task.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { coverageOf } from '#shared/steps/task-coverage.ts';
import { writeArtifact } from '#shared/steps/write-artifact.ts';
import type { AnswersResult } from '#shared/workflows/answer-questions/result.ts';
import { answerQuestions } from '#shared/workflows/answer-questions/workflow.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { type Answerer, type DriverRun, driveWorkflow } from '../support/workflow-driver.ts';

const simulated: Answerer = ({ messages }) => JSON.parse(answerPrompt(messages).content);
const resultOf = (run: DriverRun) => run.rendering.result as AnswersResult;

async function questionnaire(csv: string, position: number): Promise<Document> {
  const bytes = new TextEncoder().encode(csv);
  const file = { documentId: documentIdOf(position), name: 'ask.csv', bytes };
  const [document] = await readDocuments(file, ['csv']);
  if (document === undefined) throw new Error('Expected a document.');
  return document;
}

/** `ask-answered.csv` as it is delivered. */
async function filledBy(run: DriverRun, csv: string): Promise<string> {
  const { bytes } = await writeArtifact(
    { name: 'ask-answered.csv', format: 'filled-workbook' },
    run.rendering,
    async () => ({ bytes: new TextEncoder().encode(csv) }),
  );
  return new TextDecoder().decode(bytes);
}

const drive = (documents: readonly Document[], answer: Answerer) =>
  driveWorkflow(answerQuestions, documents, { params: { questions: 'ask.csv' }, answer });

describe('a questionnaire in CSV', () => {
  const policy = documentFromLines(['# Backups', 'Backups are kept for 35 days.']);

  it('comes back filled in, and otherwise as it was', async () => {
    const csv =
      'No;Question;Answer\n1;"How long are backups kept; in days?";\n2;Who is the queen?;\n3;Done?;"Yes, \'done\'"\n';
    const run = drive([policy, await questionnaire(csv, 2)], simulated);

    expect(await filledBy(run, csv)).toBe(
      [
        'No;Question;Answer;Sources',
        '1;"How long are backups kept; in days?";Backups are kept for 35 days.;"report.md, section “Backups”: “Backups are kept for 35 days.”"',
        '2;Who is the queen?;Not found in the documents.;',
        '3;Done?;"Yes, \'done\'";',
        '',
      ].join('\n'),
    );
  });

  it('has an answer, a “not found” or “not answered” for each of its questions, whatever the model answers (I6)', async () => {
    const asked = fc.constantFrom(
      'How long are backups kept?',
      'How many days?',
      'Who signs?',
      'How long are backups kept?',
    );
    const faults = [
      undefined,
      'invented-quote',
      'wrong-number',
      'missing-ids',
      'wrong-schema',
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(asked, { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom(...faults, 'fails' as const), { minLength: 1, maxLength: 6 }),
        async (questions, order) => {
          const csv = `Question,Answer\n${questions.map((each) => `${each},`).join('\n')}\n`;
          let calls = 0;
          const answer: Answerer = ({ messages }) => {
            const fault = order[calls++ % order.length];
            if (fault === 'fails') return undefined;
            return JSON.parse(spoilContent(answerPrompt(messages).content, fault, messages));
          };
          const documents = [policy, await questionnaire(csv, 2)];
          const run = drive(documents, answer);
          const { totals } = coverageOf(
            documents,
            run.outcomes,
            answerQuestions.account?.(run.context),
          );
          const lines = (await filledBy(run, csv)).trimEnd().split(/\n(?=How|Who)/);

          expect(resultOf(run).questions.map(({ question }) => question)).toEqual(questions);
          expect(totals.units).toBe(documents.flatMap(({ units }) => units).length);
          expect(lines).toHaveLength(questions.length + 1);
          for (const [index, question] of questions.entries()) {
            expect(lines[index + 1]).toMatch(
              new RegExp(
                `^${question.replace('?', '\\?')},"?(?:Backups are kept for 35 days|Not found|NOT ANSWERED)`,
              ),
            );
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('two hundred documents', () => {
  it('are searched with a file of questions beside them', async () => {
    const library = Array.from({ length: 200 }, (_, index) =>
      documentFromLines(
        [`# System ${index}`, `Backups of system S${index} are kept for ${index + 3} days.`],
        { position: index + 1, name: `policy-${index}.md` },
      ),
    );
    const csv =
      'Question\nHow long are backups of system S3 kept?\nHow long are backups of system S199 kept?\n';
    const documents = [...library, await questionnaire(csv, 201)];
    const run = drive(documents, simulated);
    const answers = resultOf(run).questions.map(({ answer }) => answer);

    expect(answers[0]).toContain('6 days');
    expect(answers[1]).toContain('202 days');
    expect(answerQuestions.maxDocuments).toBe(documents.length);
  });

  it('fit into one request with that file, and more do not', () => {
    const request = (count: number) => ({
      workflow: 'answer-questions',
      inputs: Array.from({ length: count }, (_, index) => ({ name: `${index}.md`, text: 'x' })),
    });

    expect(TaskRequest.safeParse(request(201)).success).toBe(true);
    expect(TaskRequest.safeParse(request(202)).success).toBe(false);
    expect(answerQuestions.maxDocuments).toBeLessThanOrEqual(maxInputs);
  });
});
