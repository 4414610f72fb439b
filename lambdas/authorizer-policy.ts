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
  /** Reaches the API function as `requestContext.authorizer`. */
  readonly context: { readonly tenantId: string };
}

/** Builds the answer for the whole API stage, since API Gateway applies a cached one to every route. */
export function policyFor(
  effect: 'Allow' | 'Deny',
  request: { methodArn: string; tenantId: string },
): AuthorizerAnswer {
  // arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>
  const [api, stage] = request.methodArn.split('/');
  return {
    principalId: request.tenantId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: `${api}/${stage}/*` }],
    },
    context: { tenantId: request.tenantId },
  };
}
