import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TenantId } from '#shared/domain/ids.ts';
import { inboxPlaceOf } from '#shared/domain/inbox.ts';
import { createSubmitObject } from '#shared/steps/tasks/submit-object.ts';
import { openSubmissions, type Submissions } from '../../../support/submissions.ts';

const tenantId = TenantId.parse('default');
let submissions: Submissions;
let folderCount = 0;
beforeAll(async () => {
  submissions = await openSubmissions();
});
afterAll(() => submissions.close());

const etagOf = (text: string) => createHash('md5').update(text).digest('hex');

/** A folder of its own for a test: the stores are shared. */
function newFolder(): string {
  folderCount += 1;
  return `inbox/summarize/test-${folderCount}`;
}

/** Puts an object as a user would, and gives back what S3 would tell of it. */
function put(
  key: string,
  text: string,
  { version = '1', metadata = {} }: { version?: string; metadata?: Record<string, string> } = {},
) {
  const bytes = Buffer.from(text);
  submissions.bucket.objects.set(key, { bytes, contentType: undefined, metadata });
  return { tenantId, bucketName: 'documents', key, version, etag: etagOf(text) };
}

function submit(event: ReturnType<typeof put>) {
  return createSubmitObject(submissions.ports)(event);
}

function markerOf(key: string, outcome: 'done' | 'failed') {
  const path = key.replace(/([^/]+)$/, `.${outcome}/$1.json`);
  const bytes = submissions.bucket.objects.get(path)?.bytes;
  return bytes === undefined ? undefined : JSON.parse(bytes.toString());
}

async function contentOf(objectKey: string | undefined) {
  return new TextDecoder().decode(await submissions.ports.objects.get(objectKey ?? ''));
}

describe('a file in the inbox', () => {
  it('becomes a task that knows where it came from, whatever its name and folder', async () => {
    const event = put(`${newFolder()}/Q3 Übersicht/報告 (neu).md`, '# Hallo');

    const task = await submit(event);

    expect(task).toMatchObject({
      status: 'QUEUED',
      workflowId: 'summarize',
      inputs: [{ name: '報告 (neu).md', sizeInBytes: 7 }],
      origin: { kind: 'inbox', objectKey: event.key, version: '1' },
    });
    expect(await contentOf(task?.inputs[0]?.objectKey)).toBe('# Hallo');
    expect(submissions.started()).toContain(task?.taskId);
  });

  it('takes the nearest quire.json, and what its own metadata says over that', async () => {
    const folder = newFolder();
    put(`${folder}/quire.json`, '{"params": {"maxWords": 100}}');
    put(`${folder}/deep/quire.json`, '{"params": {"maxWords": 150}, "options": {"budgetUsd": 3}}');
    const near = await submit(put(`${folder}/deep/a.md`, '# A'));
    const below = await submit(put(`${folder}/other/b.md`, '# B'));
    const metadata = {
      'x-amz-meta-quire-params': '{"maxWords": 200}',
      'x-amz-meta-quire-options': '{"deadlineMinutes": 5}',
    };
    const own = await submit(put(`${folder}/deep/c.md`, '# C', { metadata }));

    expect(near?.params['maxWords']).toBe(150);
    expect(below?.params['maxWords']).toBe(100);
    expect(own?.params['maxWords']).toBe(200);
    expect(own?.options).toEqual({ budgetUsd: 3, deadlineMinutes: 5 });
  });

  it('is one task also when its settings have changed between two deliveries (I2)', async () => {
    const folder = newFolder();
    const event = put(`${folder}/a.md`, '# A');
    const first = await submit(event);
    put(`${folder}/quire.json`, 'not even JSON');

    expect((await submit(event))?.taskId).toBe(first?.taskId);
    expect(markerOf(event.key, 'failed')).toBeUndefined();
  });

  it('is another task when it is put again, also with the same content', async () => {
    const key = `${newFolder()}/a.md`;
    const first = await submit(put(key, '# A', { version: '1' }));
    const second = await submit(put(key, '# A', { version: '2' }));

    expect(second?.taskId).not.toBe(first?.taskId);
  });

  it('is left alone where later content has taken its place', async () => {
    const key = `${newFolder()}/a.md`;
    const old = put(key, '# Old', { version: '1' });
    const current = put(key, '# New', { version: '2' });

    expect(await submit(old)).toBeUndefined();
    const task = await submit(current);

    expect(await contentOf(task?.inputs[0]?.objectKey)).toBe('# New');
    expect(markerOf(key, 'failed')).toBeUndefined();
  });

  it('keeps its content when it is replaced after it was taken in', async () => {
    const key = `${newFolder()}/a.md`;
    const old = put(key, '# Old', { version: '1' });
    const first = await submit(old);
    put(key, '# New', { version: '2' });

    expect((await submit(old))?.taskId).toBe(first?.taskId);
    expect(await contentOf(first?.inputs[0]?.objectKey)).toBe('# Old');
  });

  it('comes again where it cannot be read, and leaves no marker', async () => {
    const event = put(`${newFolder()}/a.md`, '# A');
    submissions.bucket.objects.delete(event.key);
    await expect(submit(event)).rejects.toMatchObject({ code: 'object_not_found' });

    put(event.key, '# A');
    submissions.bucket.failNext(403, 'AccessDenied');
    await expect(submit(event)).rejects.toMatchObject({ code: 'internal_error' });

    expect(markerOf(event.key, 'failed')).toBeUndefined();
    expect(await submit(event)).toMatchObject({ status: 'QUEUED' });
  });

  it.each([
    ['empty_file', 'summarize', { text: '' }],
    ['file_too_large', 'summarize', { text: 'x'.repeat(50 * 1024 * 1024 + 1) }],
    ['workflow_not_found', 'no-such-workflow', {}],
    ['invalid_params', 'summarize', { settings: '{"params": {"maxWords": "many"}}' }],
    ['invalid_params', 'summarize', { settings: '{"params": ' }],
    ['invalid_params', 'summarize', { settings: '{"parameters": {}}' }],
    ['invalid_params', 'summarize', { metadata: { 'x-amz-meta-quire-params': 'maxWords=2' } }],
    ['invalid_request', 'summarize', { name: `${'long '.repeat(200)}.md` }],
  ])('gets a marker at once where it can be no task: %s in %s', async (code, workflow, facts) => {
    const {
      text = '# A',
      settings,
      metadata,
      name = 'a.md',
    } = facts as Record<string, string> & {
      metadata?: Record<string, string>;
    };
    const folder = newFolder().replace('summarize', workflow);
    if (settings !== undefined) put(`${folder}/quire.json`, settings);
    const event = put(`${folder}/${name}`, text, metadata === undefined ? {} : { metadata });

    expect(await submit(event)).toBeUndefined();

    expect(markerOf(event.key, 'failed')).toEqual({
      status: 'REFUSED',
      code,
      sentence: expect.stringMatching(/^Expected .+/),
      artifacts: [],
      at: '2026-11-21T00:00:00.000Z',
      submittedAt: '2026-11-21T00:00:00.000Z',
    });
  });

  it('is told where it belongs when it lies beside the folders of the workflows', async () => {
    const event = put('inbox/lost.md', '# A');
    await submit(event);
    expect(markerOf(event.key, 'failed')).toMatchObject({ code: 'workflow_not_found' });
  });

  it('is a task after what stood in its way is gone', async () => {
    const folder = newFolder();
    put(`${folder}/quire.json`, '{');
    const event = put(`${folder}/a.md`, '# A');
    expect(await submit(event)).toBeUndefined();
    put(`${folder}/quire.json`, '{}');

    expect(await submit(event)).toMatchObject({ status: 'QUEUED' });
  });

  it('writes nothing under inbox/ but markers, which start nothing, and so do settings', async () => {
    const written = [...submissions.bucket.objects.keys()].filter((key) =>
      /\/\.(done|failed)\//.test(key),
    );
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((key) => inboxPlaceOf(key) !== undefined)).toEqual([]);
    for (const key of [...written, 'inbox/summarize/quire.json', 'outbox/summarize/a.md/x.docx']) {
      const before = submissions.bucket.objects.size;
      expect(await submit({ ...put(key, '{}'), version: 'loop' })).toBeUndefined();
      expect(submissions.bucket.objects.size - before).toBeLessThanOrEqual(1);
    }
  });
});

describe('events of the inbox', () => {
  type Step =
    | { readonly kind: 'put'; readonly file: number; readonly content: number }
    | { readonly kind: 'deliver'; readonly event: number };
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), file: fc.nat(2), content: fc.nat(2) }),
    fc.record({ kind: fc.constant('deliver' as const), event: fc.nat(30) }),
  );

  /** Plays puts and deliveries, then delivers everything once more, twice at the same time; ids of the tasks by upload. */
  async function play(folder: string, steps: readonly Step[]) {
    const events: ReturnType<typeof put>[] = [];
    const tasks = new Map<string, Set<string>>();
    const deliver = async (event: ReturnType<typeof put>) => {
      const task = await submit(event);
      if (task === undefined) return;
      const upload = `${event.key} ${event.version}`;
      tasks.set(upload, (tasks.get(upload) ?? new Set()).add(task.taskId));
      expect(etagOf(await contentOf(task.inputs[0]?.objectKey))).toBe(event.etag);
    };
    for (const step of steps) {
      const old = step.kind === 'deliver' ? events[step.event % (events.length || 1)] : undefined;
      if (old !== undefined) await deliver(old);
      if (step.kind !== 'put') continue;
      const version = String(events.length);
      events.push(put(`${folder}/${step.file}.md`, `# Content ${step.content}`, { version }));
    }
    await Promise.all([...events, ...events].map(deliver));
    return { events, tasks };
  }

  it('give one task for each upload that is there, however often and in whatever order they come (I2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 12 }), async (steps) => {
        const folder = newFolder();
        const startedBefore = submissions.started().length;

        const { events, tasks } = await play(folder, steps);

        for (const ids of tasks.values()) expect(ids.size).toBe(1);
        const newest = new Map(events.map((event) => [event.key, event]));
        const missing = [...newest.values()].filter(
          ({ key, version }) => !tasks.has(`${key} ${version}`),
        );
        expect(missing).toEqual([]);
        expect(submissions.started().length - startedBefore).toBe(tasks.size);
        const marked = [...submissions.bucket.objects.keys()].filter((key) =>
          key.startsWith(`${folder}/.failed/`),
        );
        expect(marked).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
