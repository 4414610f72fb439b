import { beforeEach, describe, expect, it } from '@jest/globals';
import { providerProfiles, withModel } from '#shared/domain/provider-profiles.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { CircuitKey, Permission } from '#shared/ports/circuit.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import { candidateModels, createRouter } from '#shared/steps/calls/route.ts';
import { ids, testTimeInMs } from '../../../support/tasks.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

const taskId = ids.taskId();
const needs = { inputTokens: 1_000, maxOutputTokens: 1_000 };
const problem = { code: 'model_unavailable', message: 'It was away.' } as const;
const allowed: Permission = { isAllowed: true, isProbe: false };

const cloudflare = modelOf('cloudflare');
const runware = modelOf('runware');
const empiriolabs = modelOf('empiriolabs');
const older = modelOf('cloudsway', withModel(providerProfiles.cloudsway, 'MiniMax-M2.5'));

describe('the providers for a task', () => {
  const models = [cloudflare, runware, empiriolabs];

  it('are those of the deployment, in its order', () => {
    expect(candidateModels(models, { taskId, options: {} })).toEqual(models);
  });

  it('are those that the task names, in the order of the task', () => {
    const options = { providers: ['empiriolabs', 'cloudsway', 'cloudflare'] as ProviderName[] };

    expect(candidateModels(models, { taskId, options })).toEqual([empiriolabs, cloudflare]);
  });

  it('are of one family, that of the first', () => {
    const mixed = [cloudflare, older, runware];
    const options = { providers: ['cloudsway', 'cloudflare'] as ProviderName[] };

    expect(candidateModels(mixed, { taskId, options: {} })).toEqual([cloudflare, runware]);
    expect(candidateModels(mixed, { taskId, options })).toEqual([older]);
  });

  it('are named in the error where none of them is configured', () => {
    const options = { providers: ['cloudsway'] as ProviderName[] };

    expect(() => candidateModels([runware], { taskId, options })).toThrow(
      expect.objectContaining({
        code: 'provider_not_configured',
        message: expect.stringContaining('configured: runware'),
      }),
    );
  });
});

describe('the route of a call', () => {
  /** What the circuit of each provider says; well where nothing is set. */
  let permissions: Partial<Record<ProviderName, Permission>>;
  let asked: CircuitKey[];
  beforeEach(() => {
    permissions = {};
    asked = [];
  });
  const circuit = {
    async permit(key: CircuitKey) {
      asked.push(key);
      return permissions[key.provider] ?? allowed;
    },
    report: async () => ({ hasOpened: false }),
  };
  const routerOf = (...models: LanguageModel[]) =>
    createRouter({ circuit, clock: createVirtualClock(testTimeInMs) }, models);
  const open = (seconds: number, reason: 'model_timeout' | 'model_auth_failed' = 'model_timeout') =>
    ({ isAllowed: false, retryAtInMs: testTimeInMs + seconds * 1_000, reason }) as const;

  it('is the first provider that is well, under its own key', async () => {
    permissions = { cloudflare: open(5), runware: { isAllowed: true, isProbe: true } };

    expect(await routerOf(cloudflare, runware, empiriolabs).next(needs)).toEqual({
      kind: 'model',
      model: runware,
      circuitKey: { provider: 'runware', keyId: 'key of runware' },
      isProbe: true,
    });
    // Nobody asks for a permission, which may be the one probe, that is not used.
    expect(asked.map(({ provider }) => provider)).toEqual(['cloudflare', 'runware']);
  });

  it('leaves out what is excluded, for good', async () => {
    const router = routerOf(cloudflare, runware);
    expect(router.hasAlternative(cloudflare)).toBe(true);

    router.exclude(cloudflare, problem);
    expect(await router.next(needs)).toMatchObject({ kind: 'model', model: runware });
    expect(router.hasAlternative(runware)).toBe(false);
    router.restore();
    expect(await router.next(needs)).toMatchObject({ kind: 'model', model: runware });
    router.exclude(runware, problem);

    expect(await router.next(needs)).toEqual({ kind: 'none', problem });
  });

  it('leaves out what is set aside, until it is restored', async () => {
    const router = routerOf(cloudflare, runware);
    router.setAside(cloudflare, problem);
    expect(await router.next(needs)).toMatchObject({ kind: 'model', model: runware });
    router.setAside(runware, problem);

    expect(await router.next(needs)).toEqual({ kind: 'exhausted', problem });
    router.restore();
    expect(await router.next(needs)).toMatchObject({ kind: 'model', model: cloudflare });
  });

  it('is exhausted as long as one of them is only set aside', async () => {
    const router = routerOf(cloudflare, runware);
    router.setAside(cloudflare, problem);
    router.exclude(runware, problem);

    expect(await router.next(needs)).toEqual({ kind: 'exhausted', problem });
  });

  it('waits for the first of those that are left when all of them are open', async () => {
    permissions = { cloudflare: open(60), runware: open(5), empiriolabs: open(300) };
    const router = routerOf(cloudflare, runware, empiriolabs);

    expect(await router.next(needs)).toEqual({ kind: 'wait', untilInMs: testTimeInMs + 5_000 });
    router.setAside(runware, problem);
    expect(await router.next(needs)).toEqual({ kind: 'wait', untilInMs: testTimeInMs + 60_000 });
  });

  it('ends at once where the key of the only provider was refused', async () => {
    permissions = { runware: open(60, 'model_auth_failed') };

    expect(await routerOf(runware).next(needs)).toMatchObject({
      kind: 'none',
      problem: { code: 'model_auth_failed', details: { provider: 'runware' } },
    });
  });

  it('goes past a provider whose key was refused, and waits for one that is away', async () => {
    permissions = { cloudflare: open(60, 'model_auth_failed'), runware: open(5) };

    expect(await routerOf(cloudflare, runware).next(needs)).toEqual({
      kind: 'wait',
      untilInMs: testTimeInMs + 5_000,
    });
  });

  it('goes past a provider that the question is too long for, without asking its circuit', async () => {
    const router = routerOf(cloudflare, runware);

    expect(await router.next({ ...needs, inputTokens: 150_000 })).toMatchObject({ model: runware });
    expect(asked.map(({ provider }) => provider)).toEqual(['runware']);
    expect(await router.next({ ...needs, inputTokens: 250_000 })).toMatchObject({
      kind: 'none',
      problem: { code: 'model_context_exceeded', details: { provider: 'runware' } },
    });
  });

  it('ends where nobody has what the question needs', async () => {
    expect(await routerOf(runware).next({ ...needs, webSearch: true })).toMatchObject({
      kind: 'none',
      problem: { code: 'model_bad_request', details: { reason: 'web search' } },
    });
  });
});

function modelOf(name: ProviderName, profile = providerProfiles[name]): LanguageModel {
  return {
    profile,
    keyId: async () => `key of ${name}`,
    ask: () => Promise.reject(new Error('Nobody asks here.')),
  };
}
