import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  docxWithDoctype,
  encryptedOffice,
  pdfWithoutText,
  simpleDocx,
  zipBomb,
} from '../support/bad-files.ts';
import { longMarkdown } from '../support/long-document.ts';
import { zipOf } from '../support/office-files.ts';
import { type QuireServer, startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

describe('bad input', () => {
  let directory = '';
  let server: QuireServer;
  let api: ReturnType<typeof restClient>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-bad-'));
    server = await startServer({ dataDirectory: directory });
    api = restClient(server.url);
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const files = [
    {
      name: 'an encrypted DOCX',
      file: 'secret.docx',
      bytes: encryptedOffice,
      code: 'password_protected',
    },
    { name: 'a scanned PDF', file: 'scan.pdf', bytes: pdfWithoutText, code: 'no_text_layer' },
    {
      name: 'a file of 0 bytes',
      file: 'empty.docx',
      bytes: () => new Uint8Array(),
      code: 'empty_file',
    },
    {
      name: 'a DOCX that calls itself PDF',
      file: 'report.pdf',
      bytes: simpleDocx,
      code: 'format_mismatch',
    },
    { name: 'a zip bomb', file: 'bomb.docx', bytes: zipBomb, code: 'archive_unsafe' },
    { name: 'a DTD in the XML', file: 'dtd.docx', bytes: docxWithDoctype, code: 'xml_forbidden' },
    {
      name: 'an e-book',
      file: 'novel.epub',
      bytes: () => zipOf({ mimetype: 'application/epub+zip' }),
      code: 'unsupported_format',
    },
  ];

  it.each(files)(
    'of the kind “$name” ends with $code and leaves nothing running',
    async ({ file, bytes, code }) => {
      const uploadId = await api.upload(file, await bytes()).catch((error: Error) => error);
      const submitted = await api.post('/v1/tasks', {
        workflow: 'summarize',
        inputs: [{ uploadId }],
      });
      const outcome =
        submitted.status === 202
          ? ((await api.follow(submitted.body.taskId, isOver)).at(-1) as unknown as {
              status: string;
              error: { code: string };
            })
          : { status: 'REFUSED', error: submitted.body };

      expect(outcome.error.code).toBe(code);
      expect(['REFUSED', 'FAILED']).toContain(outcome.status);
      const { body: running } = await api.get('/v1/tasks?status=RUNNING');
      expect(running.tasks).toEqual([]);
    },
  );

  it.each([
    {
      name: 'an unknown workflow',
      request: { workflow: 'sing' },
      status: 404,
      code: 'workflow_not_found',
    },
    {
      name: 'bad params',
      request: { params: { maxWords: -1 } },
      status: 422,
      code: 'invalid_params',
    },
    {
      name: 'an unknown param',
      request: { params: { maxWord: 100 } },
      status: 422,
      code: 'invalid_params',
    },
    { name: 'no inputs', request: { inputs: [] }, status: 400, code: 'invalid_request' },
    {
      name: 'an unknown upload',
      request: { inputs: [{ uploadId: `upl_${'0'.repeat(26)}` }] },
      status: 404,
      code: 'upload_not_found',
    },
    {
      name: 'an unknown option',
      request: { options: { budget: 1 } },
      status: 400,
      code: 'invalid_request',
    },
  ])(
    'of the kind “$name” is refused with $code, and no task comes of it',
    async ({ request, status, code }) => {
      const valid = { workflow: 'summarize', inputs: [{ name: 'a.md', text: longMarkdown(1) }] };
      const before = (await api.get('/v1/tasks')).body.tasks.length;

      const refused = await api.post('/v1/tasks', { ...valid, ...request });

      expect(refused).toMatchObject({ status, body: { code, status } });
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect((await api.get('/v1/tasks')).body.tasks.length).toBe(before);
    },
  );
});
