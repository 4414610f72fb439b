import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TenantId } from '#shared/domain/ids.ts';
import { createSubmitEvent } from '#shared/steps/tasks/submit-event.ts';
import { openSubmissions, type Submissions } from '../../../support/submissions.ts';

const tenantId = TenantId.parse('default');
const refused: { event: unknown; code: string }[] = [];
let submissions: Submissions;
beforeAll(async () => {
  submissions = await openSubmissions();
});
beforeEach(() => {
  refused.length = 0;
  submissions.logger.lines.length = 0;
});
afterAll(() => submissions.close());

const detail = { workflow: 'summarize', inputs: [{ name: 'note.md', text: '# canary' }] };
const eventOf = (id: string, overrides: object = {}) => ({
  version: '0',
  id,
  source: 'com.example.documents',
  'detail-type': 'Quire Task',
  time: '2026-11-21T06:00:00Z',
  detail: { ...detail, ...overrides },
});
const nightly = (time: string) => ({
  source: 'quire.schedule',
  'detail-type': 'Quire Task',
  schedule: 'nightly',
  time,
  detail,
});

async function submit(event: unknown) {
  const submitEvent = createSubmitEvent({
    ...submissions.ports,
    refused: {
      put: async (given, { code }) => {
        refused.push({ event: given, code });
      },
    },
  });
  return await submitEvent({ tenantId, event });
}

async function taskIdOf(event: unknown) {
  const submitted = await submit(event);
  return submitted.outcome === 'accepted' ? submitted.task.taskId : submitted.code;
}

describe('an event of the user’s own', () => {
  it('becomes a task that knows where it came from', async () => {
    expect(await submit(eventOf('e-1', { params: { maxWords: 150 } }))).toMatchObject({
      outcome: 'accepted',
      task: {
        status: 'QUEUED',
        params: { maxWords: 150 },
        origin: { kind: 'event', source: 'com.example.documents', eventId: 'e-1' },
      },
    });
  });

  it('is one task however often it is delivered (I2)', async () => {
    const all = await Promise.all([1, 2, 3].map(() => taskIdOf(eventOf('e-2'))));
    expect(new Set(all).size).toBe(1);
    expect(await taskIdOf(eventOf('e-3'))).not.toBe(all[0]);
  });

  it('is known by the key of its sender, where there is one, and only among that sender’s', async () => {
    const first = await taskIdOf(eventOf('e-4', { idempotencyKey: 'order 7' }));
    const again = await taskIdOf(eventOf('e-5', { idempotencyKey: 'order 7' }));
    const other = await taskIdOf({
      ...eventOf('e-6', { idempotencyKey: 'order 7' }),
      source: 'com.example.other',
    });

    expect(again).toBe(first);
    expect(other).not.toBe(first);
    const params = { maxWords: 99 };
    expect(await taskIdOf(eventOf('e-7', { idempotencyKey: 'order 7', params }))).toBe(
      'idempotency_conflict',
    );
  });

  it.each([
    ['invalid_request', eventOf('bad', { inputs: [] })],
    ['invalid_request', eventOf('bad', { idempotencyKey: 7 })],
    ['invalid_request', eventOf('bad', { something: 'else' })],
    ['invalid_request', { id: 'bad', source: 'com.example', detail: 'canary' }],
    ['invalid_request', 'canary'],
    ['workflow_not_found', eventOf('bad', { workflow: 'canary?' })],
    ['invalid_params', eventOf('bad', { params: { maxWords: 'canary' } })],
    ['upload_not_found', eventOf('bad', { inputs: [{ uploadId: `upl_${'a'.repeat(26)}` }] })],
  ])('is put aside at once where it can be no task, and the log says %s', async (code, event) => {
    expect(await submit(event)).toEqual({ outcome: 'refused', code });

    expect(refused).toEqual([{ event, code }]);
    expect(submissions.logger.lines).toMatchObject([{ event: 'event-refused', fields: { code } }]);
    expect(JSON.stringify(submissions.logger.lines)).not.toContain('canary');
  });

  it('comes again where a file or a store cannot be reached now', async () => {
    const inputs = [{ url: 'https://example.com/report.pdf' }];
    await expect(submit(eventOf('e-8', { inputs }))).rejects.toMatchObject({
      code: 'url_unreachable',
    });
    submissions.bucket.failNext(403, 'AccessDenied');
    await expect(submit(eventOf('e-9'))).rejects.toMatchObject({ code: 'internal_error' });

    expect(refused).toEqual([]);
  });
});

describe('a schedule', () => {
  it('is one task for each time that it was meant for', async () => {
    const first = await taskIdOf(nightly('2026-11-21T06:00:00Z'));
    const again = await taskIdOf(nightly('2026-11-21T06:00:00Z'));
    const next = await taskIdOf(nightly('2026-11-22T06:00:00Z'));

    expect(again).toBe(first);
    expect(next).not.toBe(first);
    expect(await submit(nightly('2026-11-22T06:00:00Z'))).toMatchObject({
      task: { origin: { source: 'quire.schedule', eventId: 'nightly 2026-11-22T06:00:00Z' } },
    });
  });
});
