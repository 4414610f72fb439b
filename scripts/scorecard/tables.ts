import { costOf } from '#shared/domain/cost.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { ProviderName } from '#shared/domain/providers.ts';
import { type Score, uncaught } from './score.ts';

const providers = ProviderName.options.filter((name) => name !== 'simulator');

/** What came back, and what became of the lies. */
export function qualityTable(scores: readonly Score[]): string {
  return table(
    [
      'workflow and case',
      'status',
      'recall',
      'precision',
      'citations found ÷ shipped',
      'coverage: units = used + skipped + failed',
      'faults caught ÷ planted',
    ],
    scores.map((score) => [
      titleOf(score),
      score.status,
      score.accuracy.recall.toFixed(3),
      score.accuracy.precision.toFixed(3),
      score.citations.shipped === 0 ? '–' : `${score.citations.found} ÷ ${score.citations.shipped}`,
      coverageOf(score),
      faultsOf(score),
    ]),
  );
}

/** What it took, and what it would have cost at each provider. */
export function costTable(scores: readonly Score[]): string {
  const titles = providers.map(
    (name) => `$ at ${name}${providerProfiles[name].price.isAssumed === true ? '\\*' : ''}`,
  );
  return table(
    ['workflow and case', 'calls', 'tokens in', 'tokens out', ...titles, 'seconds'],
    scores.map((score) => [
      titleOf(score),
      number(score.calls),
      number(score.inputTokens),
      number(score.outputTokens),
      ...providers.map((name) => dollarsAt(name, score).toFixed(4)),
      score.seconds.toFixed(1),
    ]),
  );
}

/** The cases for which another system has published figures, beside those. */
export function anchorTable(scores: readonly Score[]): string {
  const rows = scores.flatMap((score) => {
    const { anchors = [], accuracy, seconds } = score;
    if (anchors.length === 0) return [];
    const costs = providers.map((name) => dollarsAt(name, score));
    const range = `$${Math.min(...costs).toFixed(4)} – ${Math.max(...costs).toFixed(4)}`;
    return [
      [titleOf(score), 'Quire', accuracy.recall.toFixed(3), range, `${seconds.toFixed(1)}†`],
      ...anchors.map(({ system, recall, costUsd, seconds: theirs }) => [
        titleOf(score),
        system,
        recall.toFixed(3),
        `$${costUsd}`,
        number(theirs),
      ]),
    ];
  });
  return table(['case', 'system', 'recall', 'cost', 'seconds'], rows);
}

function titleOf({ workflow, name }: Score): string {
  return `${workflow}: ${name}`;
}

function coverageOf({ coverage }: Score): string {
  if (coverage === undefined) return '–';
  const { units, used, skipped, failed } = coverage;
  return `${number(units)} = ${number(used)} + ${number(skipped)} + ${number(failed)}`;
}

function faultsOf({ faults }: Score): string {
  if (faults === undefined) return '';
  const { fault, of, planted, repaired, named } = faults;
  const caught = planted - uncaught(faults);
  const share = (caught / Math.max(1, planted)).toFixed(3);
  return `${fault}: ${caught} ÷ ${planted} ${of} = ${share} (${repaired} repaired, ${named} named)`;
}

function dollarsAt(name: ProviderName, { inputTokens, outputTokens }: Score): number {
  const { price } = providerProfiles[name];
  return (costOf({ inputTokens, outputTokens }, price) ?? 0) / 1_000_000;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line), ''].join('\n');
}
