import { describe, expect, it } from '@jest/globals';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerIndex } from '#shared/ports/answer-index.ts';
import { ids, newTenantId, testTimeInMs } from '../support/tasks.ts';

/** What every index of answers promises. */
export function describeAnswerIndex(name: string, create: () => AnswerIndex): void {
  describe(`AnswerIndex contract: ${name}`, () => {
    const call = (fence: number) => ({
      taskId: ids.taskId(),
      callId: callIdOf('notes', 0, 1),
      fence,
    });

    it('finds the newest call that has answered a question', async () => {
      const index = create();
      const question = { tenantId: newTenantId(), digest: 'f00' };
      const newest = call(2);
      await index.keep(question, call(1), testTimeInMs);
      await index.keep(question, newest, testTimeInMs + 1);

      expect(await index.find(question)).toEqual(newest);
    });

    it('finds nothing for another question or another tenant', async () => {
      const index = create();
      const question = { tenantId: newTenantId(), digest: 'f00' };
      await index.keep(question, call(1), testTimeInMs);

      expect(await index.find({ ...question, digest: 'f01' })).toBeUndefined();
      expect(await index.find({ ...question, tenantId: newTenantId() })).toBeUndefined();
    });
  });
}
