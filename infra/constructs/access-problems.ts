import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { errorEntry } from '#shared/domain/errors.ts';
import type { ApiAccess } from './api-access.ts';
import { addRefusal } from './gateway-problems.ts';

type RefusalCode = 'unauthorized' | 'forbidden';

interface CallerRefusal {
  readonly type: ResponseType;
  readonly code: RefusalCode;
}

/** With a key or token: 401 also where API Gateway would say 403, since the authorizer denies only whom it does not know. */
const tokenRefusals: readonly CallerRefusal[] = [
  { type: ResponseType.UNAUTHORIZED, code: 'unauthorized' },
  { type: ResponseType.ACCESS_DENIED, code: 'unauthorized' },
];

/** With a signature: 401 where it is missing, wrong or old, 403 where the caller's policy does not allow the route. */
const iamRefusals: readonly CallerRefusal[] = [
  { type: ResponseType.UNAUTHORIZED, code: 'unauthorized' },
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'unauthorized' },
  { type: ResponseType.INVALID_SIGNATURE, code: 'unauthorized' },
  { type: ResponseType.EXPIRED_TOKEN, code: 'unauthorized' },
  { type: ResponseType.ACCESS_DENIED, code: 'forbidden' },
];

const iamRemedies: Readonly<Record<RefusalCode, string>> = {
  unauthorized: 'Sign the request with AWS Signature Version 4 for the service execute-api.',
  forbidden: 'Allow the caller execute-api:Invoke on this API in its IAM policy.',
};

/** API Gateway's own refusals of a caller in the form of all other errors. */
export function refuseCallers(api: RestApi, kind: ApiAccess['kind']): void {
  const challenge = kind === 'iam' ? "'AWS4-HMAC-SHA256'" : "'Bearer'";
  for (const { type, code } of kind === 'iam' ? iamRefusals : tokenRefusals) {
    addRefusal(api, {
      type,
      code,
      detail: kind === 'iam' ? iamRemedies[code] : errorEntry(code).remedy,
      ...(code === 'unauthorized' ? { headers: { 'WWW-Authenticate': challenge } } : {}),
    });
  }
}
