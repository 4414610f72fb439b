import { exactly, multiplied, type StageEstimate } from '#shared/domain/estimate.ts';
import type { Workflow } from '../definition.ts';
import { accountOfMinutes } from './account.ts';
import { composeStage } from './compose.ts';
import { dedupeStage } from './dedupe.ts';
import { notesStage } from './notes.ts';
import { MinutesParams } from './params.ts';
import { renderMinutes } from './render.ts';
import { resolveStage } from './resolve.ts';
import { turnsStage } from './turns.ts';

/** Writes the minutes of a meeting from its transcript: decisions and actions with owner, date and the words that were said. */
export const minutes: Workflow = {
  id: 'minutes',
  version: 1,
  title: 'Minutes',
  description:
    'Writes the minutes of a meeting from its transcript, in your own Word template if you give one: topics, decisions, actions with owner and date. Owners and dates are resolved by program against the attendees and the day of the meeting; each has its quote with the time.',
  acceptedFormats: [
    'vtt',
    'srt',
    'text',
    'docx',
    'transcript',
    'pdf',
    'markdown',
    'html',
    'odt',
    'rtf',
  ],
  maxDocuments: 20,
  params: MinutesParams,
  stages: [turnsStage, notesStage, resolveStage, dedupeStage, composeStage],
  artifacts: [
    { name: 'minutes.docx', format: 'docx' },
    { name: 'actions.csv', format: 'csv' },
    { name: 'decisions.csv', format: 'csv' },
  ],
  account: accountOfMinutes,
  render: renderMinutes,
  estimateRest(context, calls) {
    const { style } = MinutesParams.parse(context.params);
    if (style === 'brief') return [];
    return [composeEstimate(calls.length)];
  },
};

/** About a dozen notes come of a part, and 60 are worded by a call. */
function composeEstimate(parts: number): StageEstimate {
  const count = {
    low: parts === 0 ? 0 : 1,
    expected: Math.ceil(parts / 5),
    high: Math.ceil(parts / 2) + 1,
  };
  return {
    stage: 'compose',
    calls: count,
    inputTokens: multiplied(count, { low: 500, expected: 2_200, high: 6_000 }),
    outputTokens: multiplied(parts === 0 ? exactly(0) : count, {
      low: 300,
      expected: 1_200,
      high: 4_000,
    }),
  };
}
