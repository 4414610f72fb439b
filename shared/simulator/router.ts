import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './core/context.ts';
import type { Route } from './routes.ts';
import { sendJson } from './send-json.ts';

/** Called once for each request when it is over. Tells what came and went, never what it said. */
export type Log = (line: string) => void;

/** Finds the route of a request and lets it answer. */
export function createRouter(routes: readonly Route[], log: Log | undefined) {
  const table = routes.map((route) => ({ ...route, pattern: patternOf(route.name) }));
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const found = find(table, `${request.method} ${path}`);
    const note: Exchange['note'] = {};
    if (log !== undefined) {
      response.once('close', () => log(logLine({ request, response, note, route: found?.name })));
    }
    if (found === undefined) {
      request.resume();
      const error = { message: 'Not found', type: 'invalid_request_error', code: 'not_found' };
      sendJson(response, 404, { error });
      return;
    }
    try {
      await found.handler({ request, response, params: found.params, note });
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      process.stderr.write(`The simulator failed on ${found.name}: ${name}\n`);
      response.destroy();
    }
  };
}

/** `{name}` stands for one part of a path, `{*}` for all that is left. */
function patternOf(name: string): RegExp {
  const [method, path] = name.startsWith('/') ? ['\\w+', name] : name.split(' ', 2);
  const pattern = (path ?? '')
    .replaceAll('.', '\\.')
    .replace('{*}', '.*')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${method} ${pattern}$`);
}

function find(table: readonly (Route & { readonly pattern: RegExp })[], asked: string) {
  for (const route of table) {
    const match = route.pattern.exec(asked);
    if (match !== null) return { ...route, params: { ...match.groups } };
  }
  return undefined;
}

interface Finished {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly note: Exchange['note'];
  /** With names in place of what may be secret in a path. */
  readonly route: string | undefined;
}

function logLine({ request, response, note, route }: Finished): string {
  return JSON.stringify({
    method: request.method,
    provider: note.provider ?? null,
    route: route?.split(' ').at(-1) ?? null,
    // Nothing was sent where the connection was closed before.
    status: response.headersSent ? response.statusCode : null,
    fault: note.fault ?? null,
  });
}
