import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Caller, Scope } from '#shared/domain/api-key.ts';
import {
  type ApiAuth,
  apiAuths,
  deployedTenantId,
  environmentNames,
} from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { TenantId } from '#shared/domain/ids.ts';

/** What our authorizer has said of the caller, as API Gateway passes it on. Whatever else comes is no caller. */
const Authorized = z.object({
  requestContext: z.object({
    authorizer: z.object({
      tenantId: TenantId,
      keyId: z.string().min(1),
      scopes: z
        .string()
        .transform((text) => text.split(' '))
        .pipe(z.array(Scope).min(1)),
    }),
  }),
});

const Signed = z.object({
  requestContext: z.object({ identity: z.object({ userArn: z.string().startsWith('arn:') }) }),
});

/** The setting `auth` from its variable. Without a known one nobody would know what to trust. */
export function authOf(text: string | undefined): ApiAuth {
  const auth = apiAuths.find((each) => each === text);
  if (auth !== undefined) return auth;
  throw new QuireError(
    'internal_error',
    `Expected ${environmentNames.auth} to be one of ${apiAuths.join(', ')}, got another text or none.`,
  );
}

/** Reads the caller of a request from what API Gateway says of it, by the setting `auth` of the stack. */
export function gatewayCallerOf(auth: ApiAuth): (env: unknown) => Caller | undefined {
  return auth === 'iam' ? signedCaller : authorizedCaller;
}

function authorizedCaller(env: unknown): Caller | undefined {
  return Authorized.safeParse(env).data?.requestContext.authorizer;
}

/** IAM has decided that the caller may call every route: that is what its policy says. */
function signedCaller(env: unknown): Caller | undefined {
  const identity = Signed.safeParse(env).data?.requestContext.identity;
  if (identity === undefined) return undefined;
  return {
    tenantId: TenantId.parse(deployedTenantId),
    keyId: `iam_${hashOf(withoutSession(identity.userArn)).slice(0, 26)}`,
    scopes: ['read', 'write', 'admin'],
  };
}

/** A caller chooses the name of its session, and with it would choose whose month budget it spends. */
function withoutSession(arn: string): string {
  return arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
