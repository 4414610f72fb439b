import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspectStack } from '#shared/runtime/inspect-stack.ts';
import {
  type AccountState,
  healthyAccount,
  startAwsAccount,
  storedKey,
} from '../support/aws-account.ts';
import { startTestServer, type TestServer } from '../support/http-server.ts';

const variables = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

describe('the inspection of a deployed stack', () => {
  const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
  let account: TestServer;
  let api: TestServer;
  let state: AccountState;
  let apiDate: string | undefined;

  beforeAll(async () => {
    account = await startAwsAccount(() => state);
    api = await startTestServer((request, _body, response) => {
      const isHealth = request.url === '/prod/v1/health';
      response.writeHead(isHealth ? 200 : 404, apiDate === undefined ? {} : { date: apiDate });
      response.end('{}');
    });
    process.env['AWS_ENDPOINT_URL'] = account.endpoint;
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  });
  afterAll(async () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await account.close();
    await api.close();
  });
  beforeEach(() => {
    apiDate = undefined;
    state = healthyAccount(`${api.endpoint}/prod/`);
  });

  const inspect = async () => {
    const findings = await inspectStack({ stackName: 'quire-prod', region: 'eu-west-1' });
    const at = (wanted: string) =>
      findings.filter(({ level }) => level === wanted).map(({ sentence }) => sentence);
    return { findings, ok: at('ok'), warn: at('warn'), fail: at('fail') };
  };

  it('finds a healthy one in order, and tells no key', async () => {
    const { findings, ok } = await inspect();

    expect(findings).toHaveLength(ok.length);
    expect(ok.map((sentence) => sentence.replaceAll(api.endpoint, 'API'))).toEqual([
      'the stack quire-prod is UPDATE_COMPLETE',
      'API/prod/v1/health answers 200',
      expect.stringMatching(/^the clock of this machine is \d+ s away from that of AWS$/),
      'ApiKeySecret is set',
      'ProviderKeySecretempiriolabs is set',
      'the machine quire-prod-summarize is ACTIVE',
      'Lambda runs up to 1000 functions at once',
      'no alarm is on',
      'InboxDeadLetterQueue holds 0 messages',
      expect.stringMatching(/37\.5.*50.* are left$/),
    ]);
    expect(JSON.stringify(findings)).not.toContain(storedKey);
  });

  it('names everything that is wrong', async () => {
    apiDate = 'Sat, 21 Nov 2020 10:00:00 GMT';
    const [apiSecret = '', providerSecret = ''] = Object.keys(state.secrets);
    state = {
      ...state,
      stackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      secrets: { [apiSecret]: storedKey, [providerSecret]: 'unset' },
      alarms: ['quire-prod-stuck-tasks'],
      messages: 3,
      takenInMicroUsd: 50_000_000,
    };

    expect((await inspect()).fail).toEqual([
      'the stack quire-prod is UPDATE_ROLLBACK_COMPLETE',
      expect.stringContaining('the clock of this machine'),
      'ProviderKeySecretempiriolabs is not set: store the key in it',
      'the alarm quire-prod-stuck-tasks is on: see docs/runbooks',
      'InboxDeadLetterQueue holds 3 messages',
      expect.stringContaining('are left'),
    ]);
  });

  it('takes a low concurrency for a warning, not for a failure', async () => {
    state = { ...state, concurrency: 10 };

    const { warn, fail } = await inspect();

    expect(warn).toEqual([expect.stringContaining('up to 10 functions at once: tasks will be')]);
    expect(fail).toEqual([]);
  });

  it('says what it may not look at, and looks at the rest', async () => {
    state = { ...state, denied: ['GetSecretValue'] };

    const { ok, fail } = await inspect();

    expect(fail).toEqual(['the secrets cannot be checked: AccessDeniedException']);
    expect(ok).toContain('no alarm is on');
  });

  it('says that there is no such stack', async () => {
    state = { ...state, stackName: 'another' };

    expect((await inspect()).findings).toEqual([
      { level: 'fail', sentence: 'the stack quire-prod cannot be read: ValidationError' },
    ]);
  });
});
