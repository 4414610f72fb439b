import { describe, expect, it } from '@jest/globals';
import { createEnvironmentSecrets } from '#shared/adapters/local/environment-secrets.ts';

describe('environment secrets', () => {
  it('reads the key of a provider by its fixed name', async () => {
    const secrets = createEnvironmentSecrets({ EMPIRIOLABS_API_KEY: ' sk-1 ' });

    expect(await secrets.credentials('empiriolabs')).toEqual({ apiKey: 'sk-1' });
  });

  it.each([{}, { EMPIRIOLABS_API_KEY: '' }, { EMPIRIOLABS_API_KEY: '  ' }])(
    'has no key in %j',
    async (environment) => {
      const secrets = createEnvironmentSecrets(environment);

      expect(await secrets.credentials('empiriolabs')).toBeUndefined();
    },
  );

  it('has a word for the simulator', async () => {
    const secrets = createEnvironmentSecrets({});

    expect(await secrets.credentials('simulator')).toEqual({ apiKey: 'simulator' });
  });
});
