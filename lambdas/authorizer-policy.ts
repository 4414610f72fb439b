import { bearerTokenOf, type Caller } from '#shared/domain/api-key.ts';

/** What API Gateway asks a TOKEN authorizer. */
export interface AuthorizerRequest {
  readonly authorizationToken: string;
  readonly methodArn: string;
}

/** The answer of an authorizer, as API Gateway wants it. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      {
        readonly Action: 'execute-api:Invoke';
        readonly Effect: 'Allow' | 'Deny';
        readonly Resource: string;
      },
    ];
  };
  /** Reaches the API function as `requestContext.authorizer`; texts only. Nothing for whoever is denied. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Answers for the whole API stage, since API Gateway keeps the answer and applies it to every route; what a scope allows, the API decides
 * by the context.
 */
export async function answer(
  request: AuthorizerRequest,
  callerOf: (token: string) => Promise<Caller | undefined>,
): Promise<AuthorizerAnswer> {
  const token = bearerTokenOf(request.authorizationToken);
  const caller = token === undefined ? undefined : await callerOf(token);
  return policyFor(caller, request.methodArn);
}

function policyFor(caller: Caller | undefined, methodArn: string): AuthorizerAnswer {
  // arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>
  const [api, stage] = methodArn.split('/');
  const Effect = caller === undefined ? 'Deny' : 'Allow';
  return {
    principalId: caller?.tenantId ?? 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${api}/${stage}/*` }],
    },
    context:
      caller === undefined
        ? {}
        : { tenantId: caller.tenantId, keyId: caller.keyId, scopes: caller.scopes.join(' ') },
  };
}
