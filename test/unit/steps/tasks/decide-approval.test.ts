import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QuireError } from '#shared/domain/errors.ts';
import { createDecideApproval } from '#shared/steps/tasks/decide-approval.ts';
import { createReconcileTask } from '#shared/steps/tasks/reconcile-tasks.ts';
import {
  type ApprovalBench,
  openApprovalBench,
  scriptedEngine,
} from '../../../support/approval-bench.ts';

describe('a decision of a person', () => {
  let bench: ApprovalBench;
  beforeAll(async () => {
    bench = await openApprovalBench();
  });
  afterAll(() => bench.close());

  async function waiting(allowances: readonly string[] = []) {
    const engine = scriptedEngine();
    const token = `token ${allowances.join()}`;
    engine.waitingUnder = token;
    const task = await bench.ask(await bench.running({ allowances: [...allowances] }), token);
    return { engine, task, decide: createDecideApproval({ ...bench.ports, engine }) };
  }

  it('is told to the execution that waits, and is noted as told', async () => {
    const { engine, task, decide } = await waiting();

    await decide(task, { decision: 'reject' });

    expect(engine.answers).toMatchObject([{ isSuccess: false, code: 'approval_rejected' }]);
    expect((await bench.ports.tasks.get(task.taskId))?.approval?.isAnswered).toBe(true);
  });

  it('holds where the engine cannot be reached; sent again it is told', async () => {
    const { engine, task, decide } = await waiting();
    const { answer } = engine;
    engine.answer = async () => {
      throw new QuireError('store_unavailable', 'Step Functions is away.');
    };

    const decided = await decide(task, { decision: 'approve' });
    expect(decided.approval).toMatchObject({ state: 'approved' });
    expect(engine.answers).toEqual([]);
    engine.answer = answer;
    await decide(decided, { decision: 'approve' });

    expect(engine.answers).toMatchObject([{ isSuccess: true }]);
    expect(bench.ports.logger.lines).toContainEqual({
      level: 'warn',
      event: 'approval-untold',
      fields: { taskId: task.taskId, code: 'store_unavailable' },
    });
  });

  it('is told again where the step that waits was run again just then', async () => {
    const { engine, task, decide } = await waiting();
    const { answer } = engine;
    engine.answer = async (...given) => {
      engine.answer = answer;
      engine.waitingUnder = 'second';
      await bench.ask(task, 'second');
      return await answer(...given);
    };

    await decide(task, { decision: 'approve' });
    expect(engine.answers).toEqual([]);
    await createReconcileTask({ ...bench.ports, engine })(task.taskId);

    expect(engine.answers).toMatchObject([{ token: 'second', isSuccess: true }]);
  });

  it.each([
    ['more', 3, 1_000_000],
    ['less', 0.5, -1_500_000],
  ])(
    'takes %s money from the month or gives it back, once',
    async (name, budgetUsd, difference) => {
      const month = `all ${name}`;
      const { task, decide } = await waiting([month]);
      await bench.allowances.take({ id: month, limitInMicroUsd: 10_000_000 }, 2_000_000);
      const body = { decision: 'approve', edits: { budgetUsd } };

      await Promise.all([decide(task, body), decide(task, body).catch(() => undefined)]);

      expect(await bench.allowances.taken(month)).toBe(2_000_000 + difference);
      expect((await bench.ports.tasks.get(task.taskId))?.budget.limitInMicroUsd).toBe(
        budgetUsd * 1_000_000,
      );
    },
  );

  it('takes no money where it comes too late', async () => {
    const month = 'all late';
    const { task, decide } = await waiting([month]);
    await decide(task, { decision: 'reject' });

    const late = decide(task, { decision: 'approve', edits: { budgetUsd: 5 } });

    await expect(late).rejects.toMatchObject({ code: 'approval_not_open' });
    expect(await bench.allowances.taken(month)).toBe(0);
  });
});
