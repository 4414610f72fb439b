import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handle } from 'hono/aws-lambda';
import { QuireError } from '#shared/domain/errors.ts';
import { TenantId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { createEstimateApp } from '#shared/http/estimates.ts';
import type { DocumentReader } from '#shared/ports/document-reader.ts';
import { gatewayCallerOf } from '#shared/runtime/aws/gateway-callers.ts';
import { createEstimateSubmission } from '#shared/steps/tasks/estimate-submission.ts';
import { createDirectReader } from '../../support/direct-reader.ts';
import { openSubmissions } from '../../support/submissions.ts';
import { ids, testTimeInMs } from '../../support/tasks.ts';

const caps = { timeoutInMs: 20_000, units: 10 };
const writer = { tenantId: 'acme', keyId: 'key_1', scopes: 'write' };
const note = (name: string, text = 'The depot moved 412 wagons.') => ({ name, text });
type Handler = ReturnType<typeof handle>;

/** An event as API Gateway sends it. */
function eventOf(path: string, body: object, authorizer: object | null) {
  return {
    httpMethod: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    resource: path,
    requestContext: { authorizer, identity: { userArn: null } },
  } as unknown as Parameters<Handler>[0];
}

describe('the function of estimates', () => {
  let submissions: Awaited<ReturnType<typeof openSubmissions>>;
  /** What the reader is given for each file, in milliseconds. */
  let given: number[] = [];
  let ask: (body: object, authorizer?: object | null) => Promise<{ status: number; body: object }>;

  beforeAll(async () => {
    submissions = await openSubmissions();
    const { ports, logger } = submissions;
    const callerOf = gatewayCallerOf('key');
    const documentReader = readerThatTakes(ports.clock, (timeoutInMs) => given.push(timeoutInMs));
    const handler = handle(
      createEstimateApp({
        estimateSubmission: createEstimateSubmission({
          ...ports,
          documentReader,
          profiles: [providerProfiles.empiriolabs],
          caps,
        }),
        callerOf: (_request, env) => callerOf(env),
        logger,
      }),
    );
    ask = async (body, authorizer = writer) => {
      const answer = await handler(eventOf('/v1/estimates', body, authorizer));
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    };
  });
  afterAll(() => submissions.close());

  it('tells what a task would take, of what its caller has uploaded too', async () => {
    const { tasks, objects } = submissions.ports;
    const uploadId = ids.uploadId();
    const announced = { uploadId, name: 'a.md', expiresAtInMs: testTimeInMs + 1 };
    await tasks.createUpload({ ...announced, tenantId: TenantId.parse('acme') });
    await objects.put(objectKeys.upload(uploadId), new TextEncoder().encode('A sentence.'));
    const request = { workflow: 'summarize', inputs: [{ uploadId }, note('b.md')] };

    const told = await ask(request);
    const stranger = await ask(request, { ...writer, tenantId: 'other' });

    expect(told).toMatchObject({
      status: 200,
      body: { documents: [{ name: 'a.md', units: 1 }, { name: 'b.md' }], provider: 'empiriolabs' },
    });
    expect(stranger).toMatchObject({ status: 404, body: { code: 'upload_not_found' } });
    expect((await tasks.list({ tenantId: TenantId.parse('acme'), limit: 9 })).tasks).toEqual([]);
  });

  it('answers nobody else and nothing else', async () => {
    const request = { workflow: 'summarize', inputs: [note('a.md')] };

    expect(await ask(request, null)).toMatchObject({ status: 401 });
    expect(await ask(request, { ...writer, scopes: 'read' })).toMatchObject({ status: 403 });
    expect(await ask({ ...request, workflow: 'none' })).toMatchObject({
      status: 404,
      body: { code: 'workflow_not_found' },
    });
  });

  it('gives each file the time that those before it have left', async () => {
    given = [];
    const inputs = [note('takes-12-s.md'), note('takes-5-s.md'), note('takes-1-s.md')];

    expect((await ask({ workflow: 'summarize', inputs })).status).toBe(200);
    expect(given).toEqual([20_000, 8_000, 3_000]);
  });

  it.each([
    ['one file', [note('takes-25-s.md')]],
    ['all files together', [note('takes-15-s.md'), note('takes-6-s.md')]],
    ['the file before, to the last moment', [note('takes-20-s.md'), note('takes-0-s.md')]],
  ])('says what to do instead where %s would take too long', async (_, inputs) => {
    const answer = await ask({ workflow: 'summarize', inputs });

    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'estimate_too_long', remedy: expect.stringContaining('`options.approval`') },
    });
  });

  it('says the same of more units than it can hold', async () => {
    const text = Array.from({ length: 6 }, (_, index) => `Paragraph ${index}.`).join('\n\n');

    const few = await ask({ workflow: 'summarize', inputs: [note('a.md', text)] });
    const many = await ask({
      workflow: 'summarize',
      inputs: [note('a.md', text), note('b.md', text)],
    });

    expect(few.status).toBe(200);
    expect(many).toMatchObject({
      status: 422,
      body: { code: 'estimate_too_long', details: { limit: 10 } },
    });
  });

  it('passes on what is wrong with a file itself', async () => {
    const answer = await ask({ workflow: 'summarize', inputs: [note('takes-memory.md')] });

    expect(answer).toMatchObject({ status: 422, body: { code: 'file_too_complex' } });
  });
});

/** A reader that takes as long as the name of a file says, and gives up as the isolated one does. */
function readerThatTakes(
  clock: { advance(durationInMs: number): void },
  onRead: (timeoutInMs: number) => void,
): DocumentReader {
  const direct = createDirectReader();
  const within = (timeoutInMs: number): DocumentReader => ({
    ...direct,
    async read(file, accepted) {
      onRead(timeoutInMs);
      if (file.name === 'takes-memory.md') throw tooComplex('memory');
      const [, seconds = '0'] = /^takes-(\d+)-s/.exec(file.name) ?? [];
      const neededInMs = Number(seconds) * 1_000;
      clock.advance(Math.min(neededInMs, timeoutInMs));
      if (neededInMs > timeoutInMs) throw tooComplex('time');
      return direct.read(file, accepted);
    },
    within,
  });
  return within(Number.POSITIVE_INFINITY);
}

function tooComplex(cap: string): QuireError {
  return new QuireError('file_too_complex', 'Expected less.', { details: { cap } });
}
