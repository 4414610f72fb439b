import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import type { ReportBlock } from '#shared/domain/report.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { MinutesResult } from '#shared/workflows/minutes/result.ts';
import { minutes } from '#shared/workflows/minutes/workflow.ts';
import { transcriptOf } from './meetings.ts';
import { type Answerer, type DriverRun, driveWorkflow } from './workflow-driver.ts';

export const attendees = ['Anna Meyer', 'Ben Ode', 'Carla Diaz', 'Dana Wolf'];
export const params = { date: '2026-03-11', attendees };
export const meeting = transcriptOf([
  "Anna Meyer: Let's start with the budget.",
  'Ben Ode: The forecast stands at 420,000 euros, which is 5 percent above the plan.',
  'Anna Meyer: Okay, so we agreed to cut the travel budget by 10 percent.',
  "Ben Ode: I'll send the revised budget to",
  'Ben Ode: the finance team by Friday.',
  'Carla Diaz: No, make it the 30th.',
  'Ben Ode: Um.',
  'Anna Meyer: We decided nothing about the parking spaces.',
  'Anna Meyer: Could you draft the harbour map by next Tuesday?',
  'Carla Diaz: Sure, will do.',
  'Erik Moe: Carla will draft the harbour map by next Tuesday.',
  'Anna Meyer: I will order 12 chairs by 30 February.',
  'Anna Meyer: It is still unclear who pays for the lamps.',
]);

export const simulated: Answerer = (spec) => JSON.parse(answerPrompt(spec.messages).content);
export const resultOf = (run: DriverRun) => run.rendering.result as MinutesResult;
export const isNotes = (spec: CallSpec) => spec.callId.startsWith('notes');

export function drive(
  documents: readonly Document[],
  options: { params?: object; answer?: Answerer } = {},
) {
  return driveWorkflow(minutes, documents, {
    params: { ...params, ...options.params },
    answer: options.answer ?? simulated,
  });
}

export function textOf(blocks: readonly ReportBlock[]): string {
  return JSON.stringify(blocks);
}

export function noticesOf(run: DriverRun): string {
  return run.report.blocks
    .flatMap((block) => (block.kind === 'notice' ? block.text : []))
    .join('\n');
}

/** Ids of the citations whose quote does not stand in its unit. */
export function unverifiedIn(run: DriverRun, documents: readonly Document[]): string[] {
  const units = new Map(documents.flatMap((each) => each.units).map(({ id, text }) => [id, text]));
  return run.rendering.citations
    .filter(({ unitId, quote }) => units.get(unitId)?.includes(quote) !== true)
    .map(({ id }) => id);
}
