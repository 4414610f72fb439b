import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createEmpirioLabsModel } from '#shared/adapters/models/empiriolabs/model.ts';
import { createRunwareModel } from '#shared/adapters/models/runware/model.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { createPollClock, sampleQuestion } from '../support/models.ts';

const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;

function askAt(baseUrl: string, create: typeof createEmpirioLabsModel = createEmpirioLabsModel) {
  const model = create({
    profile: providerProfiles.empiriolabs,
    baseUrl,
    clock: createPollClock(),
    credentials: async () => ({ apiKey: 'key' }),
  });
  return model.ask(sampleQuestion, new AbortController().signal);
}

describe('a provider that cannot be reached', () => {
  it.each([
    { name: 'chat', create: createEmpirioLabsModel },
    { name: 'runware', create: createRunwareModel },
  ])('by $name is unavailable, and nothing can have been billed', async ({ create }) => {
    const server = createHttpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const reply = await askAt(
      `http://127.0.0.1:${port}/v1`,
      create as typeof createEmpirioLabsModel,
    );

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code: 'model_unavailable' }, isPossiblyBilled: false },
    });
  });

  const withCertificates = hasOpenSsl ? it : it.skip;
  withCertificates(
    'since its certificate is its own is not trusted, and is asked nothing (skipped where openssl is not installed)',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'quire-tls-'));
      const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
      const subject = ['-subj', '/CN=localhost', '-days', '1', '-nodes', '-newkey', 'rsa:2048'];
      const files = ['-keyout', key, '-out', certificate];
      execFileSync('openssl', ['req', '-x509', ...subject, ...files], { stdio: 'ignore' });
      let asked = 0;
      const options = { key: await readFile(key), cert: await readFile(certificate) };
      const server = createServer(options, (_, response) => {
        asked += 1;
        response.end();
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;

      const reply = await askAt(`https://localhost:${port}/v1`);

      expect(reply).toMatchObject({
        isAnswer: false,
        failure: { error: { code: 'model_untrusted' }, isPossiblyBilled: false },
      });
      expect(asked).toBe(0);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  );
});
