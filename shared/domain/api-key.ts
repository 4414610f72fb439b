import * as z from 'zod';
import { KeyId, TenantId } from './ids.ts';

/** What a key lets its bearer do: look, change, or hand out keys. */
export const Scope = z.enum(['read', 'write', 'admin']);
export type Scope = z.infer<typeof Scope>;

/** Who sends a request. The key is named for budgets and logs: by its id, or by what stands for it where callers have none of our keys. */
export interface Caller {
  readonly tenantId: TenantId;
  readonly keyId: string;
  readonly scopes: readonly Scope[];
}

/** A key as it is kept: its secret is not among it, only the SHA-256 of that. */
export const ApiKey = z.object({
  keyId: KeyId,
  tenantId: TenantId,
  /** By which people tell keys apart. */
  name: z.string(),
  scopes: z.array(Scope).min(1),
  /** Of the whole secret, as hex. 256 random bits need no salt and no slow hash. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAtInMs: z.int(),
  expiresAtInMs: z.int().optional(),
  /** To the hour. */
  lastUsedAtInMs: z.int().optional(),
  revokedAtInMs: z.int().optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** A secret that `POST /v1/keys` gave out: `qk_` and 43 characters of base 62. */
export const apiKeyPattern = /^qk_[0-9A-Za-z]{43}$/;

/** How exact {@link ApiKey.lastUsedAtInMs} is: not every request is worth a write. */
export const lastUseInMs = 3_600_000;

/** Whether these scopes allow what asks for `required`. Writing does not include reading: a key may be one that only hands work in. */
export function grants(scopes: readonly Scope[], required: Scope): boolean {
  return scopes.includes('admin') || scopes.includes(required);
}

/** Whether a key is accepted at this time. */
export function isUsable(key: ApiKey, nowInMs: number): boolean {
  const isExpired = key.expiresAtInMs !== undefined && key.expiresAtInMs <= nowInMs;
  return key.revokedAtInMs === undefined && !isExpired;
}

/** The token in an `Authorization` header, where it is a bearer's. */
export function bearerTokenOf(header: string | null | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
}
