import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { FaultRuleInput } from '#shared/simulator/faults.ts';
import { type Library, makeLibrary, type PlantedQuestion } from './answers/library.ts';
import { standsIn } from './answers/stands-in.ts';
import { type CaseRun, jsonOf, runCase } from './run-case.ts';
import { faultFailures, type Score, type ScoreCase } from './score.ts';

const workflow = 'answer-questions';
const Result = z.object({
  questions: z.array(z.object({ question: z.string(), status: z.string(), answer: z.string() })),
});
type Answered = z.infer<typeof Result>['questions'][number];

/** Sets of near-duplicate documents with planted facts and questions that nothing answers; and the same under models that lie. */
export function answerQuestionsCases(): ScoreCase[] {
  const plain = [
    { documents: 8, questions: 12, isQuick: true },
    { documents: 40, questions: 60, isQuick: false },
    { documents: 200, questions: 150, isQuick: false },
  ].map(({ documents, questions, isQuick }) => {
    const name = `${documents} documents, ${questions} questions`;
    return caseOf(name, isQuick, async () => {
      const library = await makeLibrary(documents, questions);
      return judge(name, await run(library), library);
    });
  });
  const lying = (['invented-answer', 'wrong-number', 'dropped-answer'] as const).map((fault) => {
    const name = `40 documents, ${fault} about every third question${fault === 'dropped-answer' ? ', at the first look' : ''}`;
    return caseOf(name, false, () => scoreOfLies(name, fault));
  });
  return [...plain, ...lying];
}

function caseOf(name: string, isQuick: boolean, score: () => Promise<Score>): ScoreCase {
  return { workflow, name, isQuick, run: async () => [await score()] };
}

function run(
  { files, questions }: Library,
  faults: readonly FaultRuleInput[] = [],
): Promise<CaseRun> {
  const params = { questions: questions.map(({ text }) => text) };
  return runCase({ workflow, files, params, faults });
}

/** The model lies about the same questions in every run: whenever it is asked, but for an answer that is dropped, which a second look may find. */
async function scoreOfLies(name: string, fault: FaultName): Promise<Score> {
  const library = await makeLibrary(40, 60);
  const isTarget = ({ expected }: PlantedQuestion) =>
    fault === 'invented-answer' || (expected !== undefined && /\d/u.test(expected));
  const targets = library.questions.filter(isTarget).filter((_, index) => index % 3 === 0);
  const times = fault === 'dropped-answer' ? { times: 1 } : {};
  const faults = targets.map(({ text }) => ({
    when: { containing: `] ${text}\\n---- `, ...times },
    fault,
  }));
  const lied = await run(library, faults);
  const score = judge(name, lied, library);
  const isAbout = (text: string) =>
    lied.lies.some(({ messages }) =>
      messages.some(({ content }) => content.includes(`] ${text}\n`)),
    );
  const fates = targets
    .filter(({ text }) => isAbout(text))
    .map((target) => fateOf(target, answersOf(lied).get(target.text)));
  const count = (fate: string) => fates.filter((each) => each === fate).length;
  const counted = { planted: fates.length, repaired: count('right'), named: count('not found') };
  const faultCount = { fault, of: 'questions lied about', ...counted };
  return {
    ...score,
    faults: faultCount,
    // What the model never says right cannot be recalled; it must not be said wrong.
    failures: [
      ...faultFailures(faultCount),
      ...score.failures.filter((each) => fault === 'dropped-answer' || !each.startsWith('Recall')),
    ],
  };
}

/** What a reader of the workbook gets for a question that was lied about. */
function fateOf(
  { expected }: PlantedQuestion,
  answered: Answered | undefined,
): 'right' | 'not found' | 'false' {
  const { answer = '', status } = answered ?? {};
  if (answer === '') {
    if (status !== 'not-found') return 'false';
    return expected === undefined ? 'right' : 'not found';
  }
  const isRight = expected !== undefined && answer.includes(expected);
  return isRight && !answer.includes('paper boats') ? 'right' : 'false';
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
