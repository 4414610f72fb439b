import { Duration, type Stack } from 'aws-cdk-lib';
import { AuthorizationType, type MethodOptions, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { environmentNames } from '#shared/domain/environment.ts';
import type { Settings } from '../settings.ts';
import { ApiKey } from './api-key.ts';
import { QuireFunction } from './quire-function.ts';
import type { StateTable } from './state-table.ts';

/** How the routes of the API know their callers. */
export type ApiAccess =
  | { readonly kind: 'iam' }
  | {
      readonly kind: 'token';
      readonly authorizer: QuireFunction;
      /** What cannot be a token is refused without running the function. */
      readonly tokenPattern: string;
      readonly cacheSeconds: number;
      /** The first key of the API, where it has keys of its own. */
      readonly firstKey?: ApiKey;
    };

/** Makes what the setting `auth` asks for; signatures of IAM need nothing. */
export function createApiAccess(
  stack: Stack,
  { settings, table }: { settings: Settings; table: StateTable },
): ApiAccess {
  const { auth, authCacheSeconds: cacheSeconds } = settings;
  if (auth === 'iam') return { kind: 'iam' };
  if (auth === 'jwt') {
    const authorizer = createJwtAuthorizer(stack, settings);
    const tokenPattern = '^[Bb]earer +[\\w-]+\\.[\\w-]+\\.[\\w-]+$';
    return { kind: 'token', authorizer, tokenPattern, cacheSeconds };
  }
  const firstKey = new ApiKey(stack, 'ApiKey');
  const authorizer = createKeyAuthorizer(stack, { firstKey, table });
  const tokenPattern = '^[Bb]earer +[!-~]{8,256}$';
  return { kind: 'token', authorizer, tokenPattern, cacheSeconds, firstKey };
}

/** The same as options of a method. */
export function methodAccess(scope: Construct, access: ApiAccess): MethodOptions {
  if (access.kind === 'iam') return { authorizationType: AuthorizationType.IAM };
  const authorizer = new TokenAuthorizer(scope, 'Authorizer', {
    handler: access.authorizer,
    identitySource: 'method.request.header.Authorization',
    validationRegex: access.tokenPattern,
    resultsCacheTtl: Duration.seconds(access.cacheSeconds),
  });
  return { authorizationType: AuthorizationType.CUSTOM, authorizer };
}

function createKeyAuthorizer(stack: Stack, has: { firstKey: ApiKey; table: StateTable }) {
  return new QuireFunction(stack, 'Authorizer', {
    entry: 'lambdas/authorizer.ts',
    description: 'checks API keys',
    timeout: Duration.seconds(10),
  })
    .bindSecret(environmentNames.apiKeySecret, has.firstKey)
    .bindApiKeys(has.table);
}

function createJwtAuthorizer(stack: Stack, settings: Settings) {
  const authorizer = new QuireFunction(stack, 'Authorizer', {
    entry: 'lambdas/jwt-authorizer.ts',
    description: 'checks JSON Web Tokens',
    timeout: Duration.seconds(10),
  });
  const { jwtIssuer = '', jwtAudience = '', jwtTenantClaim } = settings;
  authorizer.addEnvironment(environmentNames.jwtIssuer, jwtIssuer);
  authorizer.addEnvironment(environmentNames.jwtAudience, jwtAudience);
  authorizer.addEnvironment(environmentNames.jwtTenantClaim, jwtTenantClaim);
  return authorizer;
}
