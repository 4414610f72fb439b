import { QuireError } from '#shared/domain/errors.ts';
import type { Environment } from './environment.ts';

const variable = 'QUIRE_ALLOW_HTTP_URLS';

/** Whether a local run may fetch inputs from this machine over plain HTTP: for tests, and only where it is asked for. */
export function allowsLoopbackUrls(environment: Environment): boolean {
  const text = environment[variable]?.trim() ?? '';
  if (text === '' || text === 'loopback') return text === 'loopback';
  throw new QuireError(
    'invalid_request',
    `Expected ${variable} to be \`loopback\` or unset; got another text.`,
  );
}
