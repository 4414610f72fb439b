import { type Arguments, type Options, readArguments, text, wholeNumber } from './arguments.ts';
import { createApiClient } from './client.ts';
import { UsageError } from './usage-error.ts';

export const keysHelp = `quire keys create --name NAME [--scopes read,write] [--tenant TENANT] [--expires-in-days N] [--url URL]
  Makes an API key and prints it as JSON. Its secret is the field “key”: it is shown this once.
quire keys list [--tenant TENANT] [--url URL]
  Prints the keys of a tenant as JSON, without their secrets.
quire keys revoke <keyId> [--tenant TENANT] [--url URL]
  Ends a key for good.

  The key in QUIRE_API_KEY must have the scope admin. Scopes are read, write and admin, which includes both others.`;

type Action = (values: Arguments['values'], positionals: readonly string[]) => Promise<number>;

const options: Options = {
  url: { type: 'string' },
  tenant: { type: 'string' },
  name: { type: 'string' },
  scopes: { type: 'string' },
  'expires-in-days': { type: 'string' },
};

const actions: Readonly<Record<string, Action>> = { create, list, revoke };

export async function keys(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [name = '', ...rest] = positionals;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new UsageError(
      `Expected one of ${Object.keys(actions).join(', ')} after “keys”. See quire keys --help.`,
    );
  }
  return await action(values, rest);
}

async function create(values: Arguments['values']): Promise<number> {
  const name = text(values, 'name');
  if (name === undefined) throw new UsageError('Expected --name NAME. See quire keys --help.');
  const scopes = text(values, 'scopes')?.split(',');
  const days = { min: 1, max: 3_650, fallback: 0 };
  const expiresInDays = wholeNumber(values, 'expires-in-days', days) || undefined;
  const body = { name, scopes, tenant: text(values, 'tenant'), expiresInDays };
  return print(await createApiClient(text(values, 'url')).post('/v1/keys', body));
}

async function list(values: Arguments['values']): Promise<number> {
  return print(await createApiClient(text(values, 'url')).get(`/v1/keys${ofTenant(values)}`));
}

async function revoke(values: Arguments['values'], [keyId]: readonly string[]): Promise<number> {
  if (keyId === undefined) throw new UsageError('Expected a key id. See quire keys --help.');
  const path = `/v1/keys/${encodeURIComponent(keyId)}${ofTenant(values)}`;
  await createApiClient(text(values, 'url')).remove(path);
  return 0;
}

function ofTenant(values: Arguments['values']): string {
  const tenant = text(values, 'tenant');
  return tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`;
}

function print(body: unknown): number {
  process.stdout.write(`${JSON.stringify(body, undefined, 2)}\n`);
  return 0;
}
