import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { errorEntry } from '#shared/domain/errors.ts';
import type { ApiAccess } from './api-access.ts';

type RefusalCode = 'unauthorized' | 'forbidden';

interface Refusal {
  readonly type: ResponseType;
  readonly code: RefusalCode;
}

/** With a key or token: 401 also where API Gateway would say 403, since the authorizer denies only whom it does not know. */
const tokenRefusals: readonly Refusal[] = [
  { type: ResponseType.UNAUTHORIZED, code: 'unauthorized' },
  { type: ResponseType.ACCESS_DENIED, code: 'unauthorized' },
];

/** With a signature: 401 where it is missing, wrong or old, 403 where the caller's policy does not allow the route. */
const iamRefusals: readonly Refusal[] = [
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
export function refuseAsProblem(api: RestApi, kind: ApiAccess['kind']): void {
  for (const { type, code } of kind === 'iam' ? iamRefusals : tokenRefusals) {
    const { title, remedy, httpStatus } = errorEntry(code);
    const problem = {
      type: 'about:blank',
      title,
      status: httpStatus,
      detail: kind === 'iam' ? iamRemedies[code] : remedy,
      code,
    };
    const challenge = kind === 'iam' ? "'AWS4-HMAC-SHA256'" : "'Bearer'";
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(httpStatus),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(code === 'unauthorized' ? { 'WWW-Authenticate': challenge } : {}),
      },
      templates: { 'application/json': JSON.stringify(problem) },
    });
  }
}
