import type { Scope } from '#shared/domain/api-key.ts';

/**
 * What a route asks of a key. A rule for all and not a list, so that no route can be forgotten: looking needs `read`, everything else
 * `write`, and the keys themselves `admin`.
 */
export function requiredScope(method: string, path: string): Scope {
  if (path === '/v1/keys' || path.startsWith('/v1/keys/')) return 'admin';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}
