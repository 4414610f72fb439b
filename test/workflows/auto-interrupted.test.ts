import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AutoRuntime, memo, openAutoRuntime } from '../support/auto-runtime.ts';
import { longMarkdown } from '../support/long-document.ts';

let auto: AutoRuntime;
beforeAll(async () => {
  auto = await openAutoRuntime();
});
afterAll(() => auto.close());

describe('money', () => {
  it('that runs out leaves children with holes; resumed with more, the task pays only for the rest (I4, I7)', async () => {
    const files = { 'memo.md': memo, 'depots.md': longMarkdown(24) };
    const plan = {
      tasks: [
        { id: 'memo', workflow: 'summarize', inputs: ['d1'], why: 'Short.' },
        {
          id: 'depots',
          workflow: 'summarize',
          inputs: ['d2'],
          params: { chunkTokens: 500 },
          why: 'Long.',
        },
        {
          id: 'german',
          workflow: 'translate',
          inputs: ['depots/summary.md'],
          params: { languages: ['de'] },
          why: 'For Berlin.',
        },
      ],
    };
    const partial = await auto.endOf(
      await auto.submit('Summarise both', {
        files,
        params: { plan },
        options: { budgetUsd: 0.006 },
      }),
    );

    expect(partial.status).toMatch(/PARTIAL|FAILED/);
    expect(JSON.stringify(partial)).toContain('budget_exceeded');
    expect(partial.budget.spentInMicroUsd).toBeLessThanOrEqual(6_000);
    const before = await auto.attemptsOf(await auto.childrenIn(partial));

    await auto.runtime.resumeTask(partial, { budgetUsd: 1 });
    const whole = await auto.endOf(partial);
    const after = await auto.attemptsOf(await auto.childrenIn(whole));

    expect(whole).toMatchObject({ status: 'SUCCEEDED', run: 2, coverage: { failed: 0 } });
    const accepted = (attempts: typeof after) =>
      attempts.filter(
        (each) =>
          each.state === 'ended' &&
          each.outcome === 'accepted' &&
          // What was merged from notes with a hole is merged anew.
          each.callId.startsWith('notes-'),
      );
    const asked = accepted(after).map(({ taskId, callId }) => `${taskId} ${callId}`);
    expect(new Set(asked).size).toBe(asked.length);
    expect(after.length).toBeGreaterThan(before.length);
    expect(whole.usage.costInMicroUsd).toBe(whole.budget.spentInMicroUsd);
  });
});

describe('a task with children', () => {
  const long = { 'depots.md': longMarkdown(30) };
  const params = {
    plan: {
      tasks: [
        {
          id: 'first',
          workflow: 'summarize',
          inputs: ['d1'],
          params: { chunkTokens: 300 },
          why: 'First.',
        },
        {
          id: 'second',
          workflow: 'summarize',
          inputs: ['d1'],
          params: { chunkTokens: 400 },
          why: 'Second.',
        },
      ],
    },
  };

  it('that is cancelled ends its children, and nothing is asked after the answer (I10)', async () => {
    const task = await auto.submit('Summarise', { files: long, params });
    await auto.until(task, ({ budget }) => budget.spentInMicroUsd > 0);

    const cancelled = await auto.runtime.cancelTask(task);
    const children = await auto.childrenIn(cancelled);
    const atAnswer = await auto.attemptsOf(children);
    await Promise.all(
      [task, ...children].map(({ taskId }) => auto.runtime.engine.whenOver(taskId)),
    );
    const later = await auto.attemptsOf(children);

    expect(cancelled.status).toBe('CANCELLED');
    expect(children.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(later).toHaveLength(atAnswer.length);
    await expect(auto.runtime.resumeTask(children[0] ?? task, {})).rejects.toMatchObject({
      code: 'task_not_resumable',
    });

    await auto.runtime.resumeTask(cancelled, {});
    expect(await auto.endOf(task)).toMatchObject({ status: 'SUCCEEDED', run: 2 });
  });
});
