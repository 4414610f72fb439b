import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { FaultRuleInput } from '#shared/simulator/faults.ts';
import { type Library, makeLibrary, type PlantedQuestion } from './answers/library.ts';
import { standsIn } from './answers/stands-in.ts';
import { type CaseRun, jsonOf, runCase } from './run-case.ts';
import type { Score } from './score.ts';

const workflow = 'answer-questions';
const Result = z.object({
  questions: z.array(z.object({ question: z.string(), status: z.string(), answer: z.string() })),
});
type Answered = z.infer<typeof Result>['questions'][number];

/** Sets of near-duplicate documents with planted facts and questions that nothing answers; and the same under models that lie. */
export async function scoreAnswerQuestions(): Promise<readonly Score[]> {
  const small = await makeLibrary(40, 60);
  const large = await makeLibrary(200, 150);
  const clean = await run(small);
  return [
    judge('40 documents, 60 questions', clean, small),
    judge('200 documents, 150 questions', await run(large), large),
    await scoreOfLies(small, 'invented-answer'),
    await scoreOfLies(small, 'wrong-number'),
    await scoreOfDrops(small, clean),
  ];
}

function run(
  { files, questions }: Library,
  faults: readonly FaultRuleInput[] = [],
): Promise<CaseRun> {
  const params = { questions: questions.map(({ text }) => text) };
  return runCase({ workflow, files, params, faults });
}

/** The model lies whenever it is asked one of these questions, however often. */
async function scoreOfLies(library: Library, fault: FaultName): Promise<Score> {
  const isTarget = ({ expected = '' }: PlantedQuestion) =>
    /\d/u.test(expected) || fault === 'invented-answer';
  const targets = library.questions.filter(isTarget).filter((_, index) => index % 3 === 0);
  const faults = targets.map(({ text }) => ({ when: { containing: `] ${text}\\n---- ` }, fault }));
  const lied = await run(library, faults);
  const score = judge(`40 documents, ${fault}`, lied, library);
  const shipped = targets.filter(({ text, expected }) => {
    const { answer = '' } = answersOf(lied).get(text) ?? {};
    const isFalse =
      expected === undefined ? answer !== '' : answer !== '' && !answer.includes(expected);
    return isFalse || answer.includes('paper boats');
  });
  const failures = shipped.map(({ text }) => `A lie was delivered as the answer to “${text}”.`);
  return {
    ...score,
    faults: { fault, planted: targets.length, caught: targets.length - shipped.length },
    // What the model never says right cannot be recalled; it must not be said wrong.
    failures: [...failures, ...score.failures.filter((each) => !each.startsWith('Recall'))],
  };
}

/** The model says now and then that nothing is found: each time a second look has to find it. */
async function scoreOfDrops(library: Library, clean: CaseRun): Promise<Score> {
  const fault = 'dropped-answer';
  const faults = [9, 14, 19, 24, 29, 34, 39, 44, 49, 54].map(
    (nth) => ({ when: { nth }, fault }) as const,
  );
  const dropped = await run(library, faults);
  const score = judge(`40 documents, ${fault}`, dropped, library);
  // Each answer that was dropped costs one more look.
  const planted = dropped.measured.calls - clean.measured.calls;
  const before = answersOf(clean);
  const lost = [...answersOf(dropped).values()].filter(
    ({ question, answer }) => answer !== before.get(question)?.answer,
  ).length;
  return {
    ...score,
    faults: { fault, planted, caught: planted - lost },
    failures: [...score.failures, ...(lost > 0 ? [`${lost} answers were lost.`] : [])],
  };
}

function answersOf(caseRun: CaseRun): ReadonlyMap<string, Answered> {
  const { questions } = Result.parse(jsonOf(caseRun, 'result.json') ?? { questions: [] });
  return new Map(questions.map((each) => [each.question, each]));
}

function judge(name: string, caseRun: CaseRun, { files, questions }: Library): Score {
  const answers = answersOf(caseRun);
  const answerTo = ({ text }: PlantedQuestion) => answers.get(text)?.answer ?? '';
  const answerable = questions.filter(({ expected }) => expected !== undefined);
  const right = answerable.filter((each) => answerTo(each).includes(each.expected ?? ''));
  const given = questions.filter((each) => answerTo(each) !== '');
  const rightlyOpen = questions.filter(
    ({ text, expected }) => expected === undefined && answers.get(text)?.status === 'not-found',
  );
  const open = questions.length - answerable.length;
  const citations = Citation.array().parse(jsonOf(caseRun, 'citations.json') ?? []);
  const bytesOf = new Map(files.map((file) => [file.name, file.bytes]));
  const found = citations.filter(({ documentName, quote }) =>
    standsIn(bytesOf.get(documentName) ?? new Uint8Array(), quote),
  );
  const recall = right.length / Math.max(1, answerable.length);
  const failures = [
    ...(caseRun.measured.status === 'SUCCEEDED' ? [] : [`It ended as ${caseRun.measured.status}.`]),
    ...(answers.size === new Set(questions.map(({ text }) => text)).size
      ? []
      : ['Questions are missing from the result.']),
    ...(recall >= 0.95 ? [] : [`Recall is below 0.95: ${recall.toFixed(3)}.`]),
    ...(rightlyOpen.length === open
      ? []
      : [`${open - rightlyOpen.length} questions without an answer are not “not found”.`]),
    ...(found.length === citations.length ? [] : ['Citations do not stand in their documents.']),
  ];
  return {
    workflow,
    name: `${name} (${rightlyOpen.length} of ${open} rightly not found)`,
    ...caseRun.measured,
    accuracy: { recall, precision: right.length / Math.max(1, given.length) },
    citations: { shipped: citations.length, found: found.length },
    failures,
  };
}
