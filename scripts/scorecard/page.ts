import { cpus } from 'node:os';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { Score } from './score.ts';
import { anchorTable, costTable, qualityTable } from './tables.ts';

/** The scorecard as a page of the documentation. */
export function scorecardPage(
  scores: readonly Score[],
  { startedAt, failures }: { readonly startedAt: Date; readonly failures: readonly string[] },
): string {
  return `${[
    introduction(startedAt),
    failures.length === 0
      ? 'All aims were met.'
      : `Not met: ${failures.map((each) => `\n- ${each}`).join('')}`,
    '## What came back',
    qualityTable(scores).trimEnd(),
    reading,
    '## What it took',
    costTable(scores).trimEnd(),
    priceNote(),
    '## Beside what others have published',
    anchorTable(scores).trimEnd(),
    anchorNote,
  ].join('\n\n')}\n`;
}

function introduction(startedAt: Date): string {
  const day = startedAt.toISOString().slice(0, 10);
  const { length } = cpus();
  const memory = process.arch;
  return `# Scorecard

Written by \`npm run scorecard -- --write docs/scorecard.md\` on ${day}, with Node ${process.versions.node} on a machine with ${length} processors (${process.platform}, ${memory}). Each case makes its documents, runs the
whole task in one process (the state machine, the steps and the call layer that are deployed) and compares what is delivered with what was planted.

The answers come from the built-in simulator, over HTTP as from a provider. It is a program that goes by rules, no language model. So these figures prove what the workflows check, count, repair and name, under an
honest model and under one that lies; how clever MiniMax M2.7 is with documents of yours they do not say. A recall of 1.000 here means that nothing was lost on the way, not that a model will find everything.`;
}

const reading = `- **Recall**: what was planted and came back. A summary chooses, so that its recall is below 1 by design; under a model that never says something right, recall is below 1 and the fault is named.
- **Precision**: what came back and was planted; of a summary, statements whose quotes stand in the document.
- **Citations**: found again in the file by a plain search that shares no code with the readers. A translation has none.
- **Faults**: the simulator tells of each answer that a fault has changed, and where. Each place counts once, however often it was lied about. *Repaired*: what is delivered there is as if nobody had lied (asked again, or put right by code). *Named*: it could
  not be repaired, and the files say so at this very place: a row in Issues and \`missing\`, a text in \`qa.json\` (also where code has put its tags together and a format may be lost), a change as “not judged” or with both opinions, an item with a remark. Nothing else counts as caught. Which questions are lied about follows from their words, so that every run plants the same.
- Of a table, the rows that are missing and the rows that are named as missing are compared as sets; one unnamed or one falsely named fails the case.`;

function priceNote(): string {
  const assumed = Object.values(providerProfiles).some(({ price }) => price.isAssumed === true);
  return `Prices of the table in \`shared/domain/provider-profiles.ts\`.${assumed ? ' \\* This provider publishes none; the rate of MiniMax is assumed.' : ''} Tokens are those of the simulator's answers, which think for a sentence; a model that thinks at length costs more. Seconds are those of the machine alone, without any model's time.`;
}

const anchorNote = `Source: IDP, \`docs/benchmarking/config-guidance.md\` (v0.6.5, Claude Sonnet 5, synthetic tables with exact ground truth). Their seconds and dollars are of real model calls. † Ours are of the simulator: the
calls are those that a model would be asked, but it thinks for a sentence and answers at once; with a model that thinks for 1,000 tokens a call, 3,200 rows cost about twice as much. With 20 s a call and 25 calls at once, 3,200 rows take about two minutes; \`quire estimate\` tells it for a file of yours. Other published figures (peers.md §2) are for other kinds of tasks and not comparable.`;
