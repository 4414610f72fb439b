import { formatUsd } from '#shared/domain/cost.ts';
import type { Report, ReportBlock, Run } from '#shared/domain/report.ts';
import type { RenderContext } from '../definition.ts';
import { answeredBy, coverageSentence, simulatedNotices, subtitleOf } from '../notices.ts';
import { unservedReasons } from './plan.ts';
import type { AutoResult } from './result.ts';

type TaskResult = AutoResult['tasks'][number];

/** What was asked, what was done and why, what came of each task, and on the first page what is missing. */
export function writeReport(context: RenderContext, result: AutoResult): Report {
  const names = new Map<string, string>(context.documents.map(({ id, name }) => [id, name]));
  return {
    title: 'What was done',
    ...subtitleOf(context),
    language: 'en',
    blocks: [
      ...notices(context, result),
      { kind: 'heading', level: 1, text: 'The instruction' },
      { kind: 'lead', runs: [{ text: result.instruction }] },
      { kind: 'heading', level: 1, text: 'Overview' },
      overview(result, names),
      ...result.tasks.flatMap((task) => taskBlocks(task, names)),
      ...listUnder(
        'Documents that were not used',
        result.unused.map(({ document, why }) => `${names.get(document) ?? document}: ${why}`),
      ),
    ],
    colophon: [
      answeredBy(context, 'the plan and the results come from rules, not from a language model'),
      coverageSentence(context),
      'Each task was planned by the model and checked by program before it ran. What a task says of itself, and its evidence, stand in its own files.',
    ],
  };
}

function notices(context: RenderContext, { tasks, notServed }: AutoResult): ReportBlock[] {
  const open = tasks.filter(({ status }) => status !== 'SUCCEEDED');
  const texts = [
    ...(open.length === 0
      ? []
      : [
          `This result is not complete: ${open.length} of ${tasks.length} tasks ${open.length === 1 ? 'is' : 'are'} not whole. ${open.map(missingOf).join(' ')}`,
        ]),
    ...notServed.map(
      ({ part, reason, nearest }) =>
        `Not served: “${part}”, since ${unservedReasons[reason]}. The nearest workflow is ${nearest}.`,
    ),
    ...simulatedNotices(
      context,
      'The plan was made by rules that look for verbs in the instruction',
    ),
  ];
  return texts.map((text) => ({ kind: 'notice', text }));
}

function missingOf({ id, status, reasons }: TaskResult): string {
  const codes = [...new Set(reasons.map(({ code }) => code))].join(', ');
  return `${id}: ${wordsOf[status]}${codes === '' ? '' : ` (${codes})`}.`;
}

const wordsOf: Readonly<Record<TaskResult['status'], string>> = {
  SUCCEEDED: 'done',
  PARTIAL: 'done in part, its files say what is missing',
  FAILED: 'failed, nothing was delivered',
  CANCELLED: 'cancelled, nothing was delivered',
  NOT_RUN: 'not run',
};

function overview({ tasks }: AutoResult, names: ReadonlyMap<string, string>): ReportBlock {
  return {
    kind: 'table',
    header: ['Task', 'Workflow', 'Works on', 'Came of it', 'Files', 'Cost'],
    rows: tasks.map((task) => [
      plain(task.id),
      plain(task.workflow),
      plain(task.inputs.map((input) => names.get(input) ?? input).join(', ')),
      plain(wordsOf[task.status].split(',')[0] ?? ''),
      plain(String(shownFiles(task).length)),
      plain(formatUsd(task.usage.costInMicroUsd)),
    ]),
  };
}

function taskBlocks(task: TaskResult, names: ReadonlyMap<string, string>): ReportBlock[] {
  const { id, workflow, inputs, why, status, reasons, coverage } = task;
  const facts = [
    `Why: ${why}`,
    `Works on: ${inputs.map((input) => names.get(input) ?? input).join(', ')}`,
    `Came of it: ${wordsOf[status]}.`,
    ...(coverage === undefined
      ? []
      : [
          `Parts of its documents: ${coverage.used} of ${coverage.units} used, ${coverage.skipped} skipped, ${coverage.failed} failed.`,
        ]),
    ...reasons.map(({ message }) => `Missing: ${message}`),
  ];
  const files = shownFiles(task);
  return [
    { kind: 'heading', level: 1, text: `${id} (${workflow})` },
    list(facts),
    ...(files.length === 0
      ? []
      : [paragraph(`Files: ${files.map(({ name }) => name).join(', ')}`)]),
  ];
}

/** Those for people: the data beside them is named alike for every task. */
function shownFiles({ id, files }: TaskResult) {
  const data = ['result.json', 'citations.json', 'coverage.json', 'usage.json'];
  return files.filter(({ name }) => !data.includes(name.slice(id.length + 1)));
}

function listUnder(heading: string, texts: readonly string[]): ReportBlock[] {
  return texts.length === 0 ? [] : [{ kind: 'heading', level: 1, text: heading }, list(texts)];
}

function list(texts: readonly string[]): ReportBlock {
  return { kind: 'list', isOrdered: false, items: texts.map(plain) };
}

function paragraph(text: string): ReportBlock {
  return { kind: 'paragraph', runs: [{ text }] };
}

function plain(text: string): Run[] {
  return [{ text }];
}
