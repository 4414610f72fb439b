import { idleCostOf, idleCostTable, pricesAsOf } from '../infra/idle-cost.ts';
import { acknowledgedFindings } from '../infra/nag-acknowledgements.ts';
import { synthesizeTemplate } from '../infra/synthesize.ts';

/** Parts of pages that are made from code, by page and name. They stand between `<!-- name -->` and `<!-- /name -->`. */
export const generatedParts = {
  'docs/deploy.md': { 'idle-cost': idleCostPart },
  'SECURITY.md': { 'acknowledged-findings': findingsPart },
} as const satisfies Record<string, Record<string, () => string>>;

/** The page with its parts made anew. */
export function withGeneratedParts(
  page: string,
  parts: Readonly<Record<string, () => string>>,
): string {
  return Object.entries(parts).reduce((text, [name, make]) => {
    const [before, after] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [start, end] = [text.indexOf(before), text.indexOf(after)];
    if (start < 0 || end < start) throw new Error(`Expected ${before} and ${after} in the page.`);
    return `${text.slice(0, start)}${before}\n${make()}\n${text.slice(end)}`;
  }, page);
}

function idleCostPart(): string {
  const cost = idleCostOf(synthesizeTemplate({ providers: ['empiriolabs'] }));
  return [
    `With one provider and the default settings the stack costs **${cost.totalInUsd.toFixed(2)} USD a month at rest**`,
    `(us-east-1, list prices of ${pricesAsOf}, without any free tier):`,
    '',
    idleCostTable(cost),
  ].join('\n');
}

function findingsPart(): string {
  const rows = acknowledgedFindings().map(
    ({ at, id, reason }) =>
      `| \`${id}\` | ${at === '' ? 'whole stack' : `\`${at}\``} | ${reason} |`,
  );
  return ['| finding | at | why it is accepted |', '|---|---|---|', ...rows].join('\n');
}
