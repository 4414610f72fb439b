import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type ErrorCode, errorEntry } from '#shared/domain/errors.ts';

/** An answer that API Gateway gives by itself. */
export interface Refusal {
  readonly type: ResponseType;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const shapeRefusal = {
  code: 'invalid_request',
  detail: 'Expected a request of the shape that the route documents, got another.',
} as const;

/** What API Gateway refuses by itself, whoever asks. */
const refusals: readonly Refusal[] = [
  { type: ResponseType.BAD_REQUEST_BODY, ...shapeRefusal },
  { type: ResponseType.BAD_REQUEST_PARAMETERS, ...shapeRefusal },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'file_too_large',
    detail: 'Expected a small body; upload documents with POST /v1/uploads.',
  },
  {
    type: ResponseType.THROTTLED,
    code: 'too_many_requests',
    detail: 'Expected fewer requests a second, got more than the deployment accepts.',
    headers: { 'Retry-After': "'1'" },
  },
];

/** Refusals of API Gateway in the form of all other errors. They quote nothing of the request. */
export function refuseAsProblems(api: RestApi): void {
  for (const refusal of refusals) addRefusal(api, refusal);
}

export function addRefusal(api: RestApi, { type, code, detail, headers }: Refusal): void {
  const { title, remedy, httpStatus: status } = errorEntry(code);
  const problem = { type: `urn:quire:error:${code}`, title, status, detail, code, remedy };
  api.addGatewayResponse(type.responseType, {
    type,
    statusCode: String(status),
    responseHeaders: { 'Content-Type': "'application/problem+json'", ...headers },
    templates: { 'application/json': JSON.stringify(problem) },
  });
}
