import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { childTaskIdsOf } from '#shared/domain/task.ts';
import { dayOf } from '#shared/domain/time.ts';
import { addUsage, noUsage } from '#shared/domain/usage.ts';
import { localTenantId } from '#shared/runtime/local.ts';
import { viewTask } from '#shared/steps/tasks/view-task.ts';
import { type AutoRuntime, openAutoRuntime } from '../support/auto-runtime.ts';

let auto: AutoRuntime;
beforeAll(async () => {
  auto = await openAutoRuntime();
});
afterAll(() => auto.close());

describe('an instruction', () => {
  it('becomes tasks in the order in which they need each other, whose files come back together', async () => {
    const task = await auto.endOf(
      await auto.submit('Translate the memo into German and summarise it. Summarise the report.'),
    );

    expect(task).toMatchObject({ status: 'SUCCEEDED', coverage: { failed: 0 } });
    const result = await auto.json(task, 'result.json');
    expect(result.tasks).toMatchObject([
      { id: 'translate', workflow: 'translate', inputs: ['d1'], status: 'SUCCEEDED' },
      { id: 'summary', inputs: ['translate/memo.de.md'], status: 'SUCCEEDED' },
      { id: 'summary-2', inputs: ['d2'], status: 'SUCCEEDED' },
    ]);
    const names = 'artifacts' in task ? task.artifacts.map(({ name }) => name) : [];
    expect(names).toEqual(
      expect.arrayContaining([
        'report.docx',
        'report.md',
        'translate-memo.de.md',
        'summary-summary.docx',
        'summary-2-summary.docx',
      ]),
    );
    for (const name of names) {
      const bytes = await auto.runtime.objects.get(objectKeys.artifact(task.taskId, name));
      expect(bytes?.byteLength).toBeGreaterThan(0);
    }
    const citations: { child: string }[] = await auto.json(task, 'citations.json');
    expect(new Set(citations.map(({ child }) => child))).toEqual(new Set(['summary', 'summary-2']));
  });

  it('is told with its children, whose attempts are in its usage and in the books once', async () => {
    const task = await auto.endOf(await auto.submit('Summarise the memo. Summarise the report.'));
    const children = await auto.childrenIn(task);
    const attempts = await auto.attemptsOf([task, ...children]);

    expect(children).toHaveLength(2);
    expect(viewTask(task, { isSimulated: true, children })).toMatchObject({
      children: [
        { childId: 'summary', workflow: 'summarize', status: 'SUCCEEDED' },
        { childId: 'summary-2', workflow: 'summarize', status: 'SUCCEEDED' },
      ],
    });
    expect(viewTask(children[0] ?? task, { isSimulated: true })).toMatchObject({
      parent: { taskId: task.taskId, childId: 'summary' },
    });
    expect(task.usage.attempts).toBe(attempts.length);
    expect(task.usage.costInMicroUsd).toBe(task.budget.spentInMicroUsd);
    const today = dayOf(Date.now());
    const rows = await auto.runtime.tasks.listUsage({
      tenantId: localTenantId,
      fromDay: dayOf(task.createdAtInMs),
      toDay: today,
    });
    const family = [task, ...children].map(({ taskId }) => taskId);
    const own = rows.filter(({ taskId }) => family.includes(taskId));
    const booked = own.map(({ totals }) => totals).reduce(addUsage, noUsage);
    expect(booked.attempts).toBe(attempts.length);
    expect((await auto.json(task, 'usage.json')).attempts).toHaveLength(attempts.length);
  });

  it('names a document that it does not speak of as skipped, with the reason', async () => {
    const task = await auto.endOf(await auto.submit('Summarise the memo'));

    expect(task).toMatchObject({ status: 'SUCCEEDED' });
    const { documents } = await auto.json(task, 'coverage.json');
    const states = documents.map(({ units }: { units: { state: string; reason?: string }[] }) =>
      units.map(({ state, reason }) => `${state} ${reason ?? ''}`),
    );
    expect(new Set(states[0])).toEqual(new Set(['used ']));
    expect(states[1][0]).toMatch(/^skipped not used by the plan: /);
  });

  it('that no workflow serves is refused with the reason and the nearest one, and costs one question', async () => {
    const task = await auto.endOf(await auto.submit('Book a flight to Lisbon'));

    expect(task).toMatchObject({
      status: 'FAILED',
      error: {
        code: 'instruction_not_served',
        message: expect.stringMatching(/\(acts-outside\).*The nearest workflow is summarize/),
      },
    });
    expect(task.status === 'FAILED' && task.error.message).not.toContain('Lisbon');
    expect(await auto.attemptsOf([task])).toHaveLength(1);
    expect(childTaskIdsOf(task)).toEqual([]);
  });

  it('that is served in part is PARTIAL, and the report says what was not', async () => {
    const task = await auto.endOf(await auto.submit('Summarise the memo and send it to the board'));

    expect(task).toMatchObject({
      status: 'PARTIAL',
      reasons: [{ code: 'instruction_not_served' }],
    });
    expect((await auto.json(task, 'result.json')).notServed).toMatchObject([
      { part: 'send it to the board', reason: 'acts-outside' },
    ]);
    expect(await auto.text(task, 'report.md')).toContain('Not served: “send it to the board”');
  });
});

describe('a plan that a person looks at', () => {
  it('is shown before anything runs, may be changed, and is asked about once', async () => {
    const task = await auto.until(
      await auto.submit('Summarise the memo', { options: { approval: 'plan' } }),
      ({ approval }) => approval?.state === 'open',
    );
    expect(childTaskIdsOf(task)).toEqual([]);
    expect(viewTask(task, { isSimulated: true })).toMatchObject({
      approval: {
        plan: {
          proposals: [
            expect.stringMatching(/^summary: summarize \(d1\)/),
            expect.stringMatching(/^Not used: d2/),
          ],
          children: [{ childId: 'summary', workflow: 'summarize', inputs: ['d1'] }],
          maxCostUsd: expect.any(Number),
        },
      },
    });

    const plan = {
      tasks: [{ id: 'both', workflow: 'summarize', inputs: ['d1', 'd2'], why: 'Both matter.' }],
    };
    await auto.runtime.decideApproval(task, { decision: 'approve', edits: { params: { plan } } });
    const ended = await auto.endOf(task);

    expect(ended).toMatchObject({ status: 'SUCCEEDED', children: [{ childId: 'both' }] });
    expect(ended.timeline.filter(({ event }) => event.startsWith('Waiting'))).toHaveLength(1);
  });

  it('cannot be changed to one that has faults', async () => {
    const task = await auto.until(
      await auto.submit('Summarise the memo', { options: { approval: 'plan' } }),
      ({ approval }) => approval?.state === 'open',
    );
    const plan = { tasks: [{ id: 'a', workflow: 'dance', inputs: ['d1'], why: 'For fun.' }] };

    const change = auto.runtime.decideApproval(task, {
      decision: 'approve',
      edits: { params: { plan } },
    });

    await expect(change).rejects.toMatchObject({ code: 'invalid_params' });
    await auto.runtime.cancelTask(task);
  });
});

describe('a plan that comes with the task', () => {
  it('is run without a question about it, and fails where it does not fit the documents', async () => {
    const tasks = [{ id: 'sum', workflow: 'summarize', inputs: ['d1'], why: 'As agreed.' }];
    const unused = [{ document: 'd2', why: 'Of no interest.' }];
    const fit = await auto.endOf(
      await auto.submit('Summarise', { params: { plan: { tasks, unused } } }),
    );
    const unfit = await auto.endOf(await auto.submit('Summarise', { params: { plan: { tasks } } }));

    expect(fit).toMatchObject({ status: 'SUCCEEDED', callsPlanned: 0 });
    expect(unfit).toMatchObject({ status: 'FAILED', error: { code: 'invalid_params' } });
  });
});
