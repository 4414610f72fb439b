/** What can stand in the way of a deployment, before or outside of CloudFormation. */
export type DeployErrorCode =
  | 'bad_usage'
  | 'no_region'
  | 'no_credentials'
  | 'credentials_expired'
  | 'credentials_refused'
  | 'not_allowed'
  | 'unreachable'
  | 'cdk_failed'
  | 'not_confirmed';

/** An obstacle that the person at the terminal can remove; the message says how. */
export class DeployError extends Error {
  readonly code: DeployErrorCode;

  constructor(message: string, { code, ...options }: ErrorOptions & { code: DeployErrorCode }) {
    super(message, options);
    this.name = 'DeployError';
    this.code = code;
  }
}

/** What the SDK throws, as an obstacle with its remedy; anything else comes back as it was. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const found = obstacles.find(({ names }) => names.test(namesOf(error)));
  return found === undefined
    ? error
    : new DeployError(found.message, { code: found.code, cause: error });
}

interface Obstacle {
  readonly code: DeployErrorCode;
  /** Matches the error's name, its system code or the sentence that the SDK has for it. */
  readonly names: RegExp;
  readonly message: string;
}

const obstacles: readonly Obstacle[] = [
  {
    code: 'no_region',
    names: /Region is missing/,
    message:
      'Expected a region, found none; run `aws configure`, or set AWS_REGION, for example AWS_REGION=eu-west-1.',
  },
  {
    code: 'credentials_expired',
    names: /ExpiredToken|TokenProviderError|RequestExpired|session.*(expired|not found)/i,
    message:
      'Expected valid AWS credentials, got expired ones; sign in again, for example with `aws sso login`.',
  },
  {
    code: 'no_credentials',
    names: /CredentialsProviderError|Could not load credentials/,
    message:
      'Expected AWS credentials, found none; run `aws configure`, or set AWS_PROFILE to a profile.',
  },
  {
    code: 'credentials_refused',
    names:
      /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|AuthFailure/,
    message:
      'Expected AWS credentials that AWS knows, got others; check the access key and its secret, and the clock of this machine.',
  },
  {
    code: 'not_allowed',
    names: /AccessDenied|UnauthorizedOperation/,
    message:
      'Expected credentials that may use CloudFormation and what Quire is made of, got some that may not; ask the owner of the account.',
  },
  {
    code: 'unreachable',
    names: /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|TimeoutError/,
    message:
      'Expected AWS to answer, got no connection; check the network, the region and, where there is one, the proxy.',
  },
];

function namesOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return `${error.name} ${code} ${error.message}`;
}
