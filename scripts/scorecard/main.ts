import { costOf } from '#shared/domain/cost.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { ProviderName } from '#shared/domain/providers.ts';
import { scoreAnswerQuestions } from './answer-questions.ts';
import { scoreCompareContracts } from './compare-contracts.ts';
import { scoreExtractTable } from './extract-table.ts';
import { scoreMinutes } from './minutes.ts';
import type { Score, Scorer } from './score.ts';
import { scoreSummarize } from './summarize.ts';
import { scoreTranslate } from './translate.ts';

// `npm run scorecard [-- WORKFLOW…]`: how well each workflow does on documents whose truth is known, answered by the built-in simulator. It
// is a program, so that the figures say what the workflows catch and lose, not how clever a model is. Exits 1 where something must hold and does not.

const scorers: Readonly<Record<string, Scorer>> = {
  summarize: scoreSummarize,
  'answer-questions': scoreAnswerQuestions,
  translate: scoreTranslate,
  'extract-table': scoreExtractTable,
  minutes: scoreMinutes,
  'compare-contracts': scoreCompareContracts,
};

const providers = ProviderName.options.filter((name) => name !== 'simulator');

const wanted = process.argv.slice(2);
const chosen = Object.entries(scorers).filter(
  ([workflow]) => wanted.length === 0 || wanted.includes(workflow),
);
const scores: Score[] = [];
for (const [, score] of chosen) scores.push(...(await score()));
console.log(qualityTable(scores));
console.log(costTable(scores));
const failures = scores.flatMap(({ workflow, name, failures: sentences }) =>
  sentences.map((sentence) => `${workflow}, ${name}: ${sentence}`),
);
for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 && scores.length > 0 ? 0 : 1);

function qualityTable(rows: readonly Score[]): string {
  return table(
    [
      'workflow',
      'case',
      'status',
      'recall',
      'precision',
      'citations found ÷ shipped',
      'units used + skipped + failed',
      'faults caught ÷ planted',
      'published elsewhere',
    ],
    rows.map((score) => [
      score.workflow,
      score.name,
      score.status,
      score.accuracy.recall.toFixed(3),
      score.accuracy.precision.toFixed(3),
      `${score.citations.found} ÷ ${score.citations.shipped}`,
      coverageOf(score),
      faultsOf(score),
      anchorOf(score),
    ]),
  );
}

function costTable(rows: readonly Score[]): string {
  return table(
    [
      'workflow',
      'case',
      'calls',
      'tokens in',
      'tokens out',
      ...providers.map((name) => `$ at ${name}`),
      'seconds',
    ],
    rows.map((score) => [
      score.workflow,
      score.name,
      String(score.calls),
      String(score.inputTokens),
      String(score.outputTokens),
      ...providers.map((name) => dollarsAt(name, score)),
      score.seconds.toFixed(1),
    ]),
  );
}

function coverageOf({ coverage }: Score): string {
  if (coverage === undefined) return '';
  const { units, used, skipped, failed } = coverage;
  return `${units} = ${used} + ${skipped} + ${failed}`;
}

function faultsOf({ faults }: Score): string {
  return faults === undefined ? '' : `${faults.fault}: ${faults.caught} ÷ ${faults.planted}`;
}

function anchorOf({ anchor }: Score): string {
  if (anchor === undefined) return '';
  const { system, recall, costUsd, seconds } = anchor;
  const figures = [
    recall === undefined ? undefined : `recall ${recall.toFixed(3)}`,
    costUsd === undefined ? undefined : `$${costUsd}`,
    seconds === undefined ? undefined : `${seconds} s`,
  ];
  return `${system}: ${figures.filter((figure) => figure !== undefined).join(', ')}`;
}

function dollarsAt(name: ProviderName, { inputTokens, outputTokens }: Score): string {
  const { price } = providerProfiles[name];
  const cost = costOf({ inputTokens, outputTokens }, price) ?? 0;
  return `${(cost / 1_000_000).toFixed(4)}${price.isAssumed === true ? ' (assumed)' : ''}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line), ''].join('\n');
}
