import { describe, expect, it } from '@jest/globals';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { providerSettings, routeOf } from '#shared/runtime/provider-settings.ts';

const everyKey = () => true;
const namesIn = (
  environment: Record<string, string>,
  hasKey = everyKey as (name: string) => boolean,
) => providerSettings(environment, hasKey).map(({ profile }) => profile.name);

/** The one provider that an environment names. */
function settingsIn(environment: Record<string, string>) {
  const [settings] = providerSettings(environment, everyKey);
  if (settings === undefined) throw new Error('Expected a provider.');
  return settings;
}

describe('the providers of a deployment', () => {
  it('are those with a key, in the order of the table', () => {
    const keys = ['empiriolabs', 'cloudflare', 'runware'];

    expect(namesIn({}, (name) => keys.includes(name))).toEqual([
      'cloudflare',
      'runware',
      'empiriolabs',
    ]);
    expect(namesIn({}, () => false)).toEqual([]);
  });

  it('are those that QUIRE_PROVIDERS names, in its order, each once', () => {
    const QUIRE_PROVIDERS = ' runware-highspeed, empiriolabs ,,runware-highspeed';

    expect(namesIn({ QUIRE_PROVIDERS }, () => false)).toEqual(['runware-highspeed', 'empiriolabs']);
  });

  it.each(['openai', 'simulator', 'Runware', 'sk-secret-key'])(
    'are no others, and the error shows no word that may be a key: %s',
    (name) => {
      const read = () => providerSettings({ QUIRE_PROVIDERS: `runware,${name}` }, everyKey);

      expect(read).toThrow(expect.objectContaining({ code: 'provider_not_configured' }));
      expect(read).not.toThrow(/sk-secret-key|openai/);
    },
  );

  it('are asked at their published URLs, with what is published of them', () => {
    const settings = providerSettings({}, everyKey);

    expect(settings.map(({ baseUrl }) => baseUrl)).toEqual([
      'https://api.cloudflare.com/client/v4',
      'https://api.runware.ai/v1',
      'https://api.runware.ai/v1',
      'https://api.empiriolabs.ai/v1',
      'https://genaiapi.cloudsway.net',
    ]);
    for (const { profile } of settings) expect(profile).toEqual(providerProfiles[profile.name]);
  });

  it('are asked at other URLs where they are named, without a slash at the end', () => {
    const environment = {
      RUNWARE_BASE_URL: ' http://127.0.0.1:1/a// ',
      CLOUDSWAY_BASE_URL: 'http://127.0.0.1:2',
      CLOUDFLARE_BASE_URL: ' ',
    };

    expect(providerSettings(environment, everyKey).map(({ baseUrl }) => baseUrl)).toEqual([
      'https://api.cloudflare.com/client/v4',
      'http://127.0.0.1:1/a',
      'http://127.0.0.1:1/a',
      'https://api.empiriolabs.ai/v1',
      'http://127.0.0.1:2',
    ]);
  });

  it('have the limits and the room that are set for the account', () => {
    const { profile } = settingsIn({
      QUIRE_PROVIDERS: 'runware-highspeed',
      RUNWARE_HIGHSPEED_MAX_IN_FLIGHT: '12',
      RUNWARE_HIGHSPEED_REQUESTS_PER_MINUTE: '200',
      RUNWARE_HIGHSPEED_MAX_OUTPUT_TOKENS: '4096',
      RUNWARE_HIGHSPEED_CONTEXT_TOKENS: '100000',
      RUNWARE_MAX_IN_FLIGHT: '1',
    });

    expect(profile).toMatchObject({
      limits: { maxInFlight: 12, requestsPerMinute: 200, tokensPerMinute: undefined },
      maxOutputTokens: 4_096,
      contextTokens: 100_000,
    });
  });

  it.each(['0', '-1', '1.5', 'many', '1e3', '99999999999'])(
    'have limits that are whole numbers from 1 up, and %s is none',
    (text) => {
      const environment = { QUIRE_PROVIDERS: 'runware', RUNWARE_MAX_IN_FLIGHT: text };

      expect(() => settingsIn(environment)).toThrow(
        expect.objectContaining({
          code: 'invalid_request',
          message: expect.stringContaining('RUNWARE_MAX_IN_FLIGHT'),
        }),
      );
    },
  );

  it('have the prices of a contract, which are then not assumed', () => {
    const { price } = settingsIn({
      QUIRE_PROVIDERS: 'cloudsway',
      CLOUDSWAY_PRICE_INPUT_USD: '0.25',
      CLOUDSWAY_PRICE_OUTPUT_USD: '1',
    }).profile;

    expect(price).toEqual({
      inputPerMillionInMicroUsd: 250_000,
      cachedInputPerMillionInMicroUsd: 250_000,
      outputPerMillionInMicroUsd: 1_000_000,
      asOf: price.asOf,
      source: 'settings of this deployment',
    });
  });

  it.each(['-1', '1e9', '0,25', 'free'])('have prices in dollars, and %s is none', (text) => {
    expect(() =>
      settingsIn({ QUIRE_PROVIDERS: 'cloudsway', CLOUDSWAY_PRICE_INPUT_USD: text }),
    ).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('answer with the model that CLOUDSWAY_MODEL names, and with its facts', () => {
    const of = (CLOUDSWAY_MODEL: string) =>
      settingsIn({ QUIRE_PROVIDERS: 'cloudsway', CLOUDSWAY_MODEL }).profile;

    expect(of(' MiniMax-M2.5 ')).toMatchObject({
      modelId: 'MiniMax-M2.5',
      modelFamily: 'minimax-m2.5',
    });
    expect(of('MiniMax-M2.7-highspeed').price.inputPerMillionInMicroUsd).toBe(600_000);
    expect(of('')).toEqual(providerProfiles.cloudsway);
  });
});

describe('the API of a provider', () => {
  it('is its first one, or the one that is named', () => {
    expect(routeOf('cloudflare', {})).toBe('chat');
    expect(routeOf('runware', { RUNWARE_ROUTE: 'async' })).toBe('async');
    expect(routeOf('empiriolabs', { EMPIRIOLABS_ROUTE: ' messages ' })).toBe('messages');
    expect(routeOf('empiriolabs', { EMPIRIOLABS_ROUTE: '' })).toBe('chat');
  });

  it('is that of Runware for its faster model, unless it has its own', () => {
    const environment = { RUNWARE_ROUTE: 'sync' };

    expect(routeOf('runware-highspeed', environment)).toBe('sync');
    const own = { ...environment, RUNWARE_HIGHSPEED_ROUTE: 'stream' };
    expect(routeOf('runware-highspeed', own)).toBe('stream');
  });

  it('is none that it does not have', () => {
    expect(() => routeOf('cloudflare', { CLOUDFLARE_ROUTE: 'messages' })).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message: 'Expected CLOUDFLARE_ROUTE to be one of chat, run; got another text.',
      }),
    );
  });
});
