import { environmentNames } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { Environment } from './environment.ts';

const variable = environmentNames.allowHttpUrls;

/** Whether inputs may be fetched from this machine and callbacks sent to it, over plain HTTP: for tests, and only where it is asked for. */
export function allowsLoopbackUrls(environment: Environment): boolean {
  const text = environment[variable]?.trim() ?? '';
  if (text === '' || text === 'loopback') return text === 'loopback';
  throw new QuireError(
    'invalid_request',
    `Expected ${variable} to be \`loopback\` or unset; got another text.`,
  );
}
