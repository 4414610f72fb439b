import { type ErrorEntry, input, limit, provider, system } from './error-entry.ts';
import { modelErrors } from './model-errors.ts';

/**
 * Code → who may retry, HTTP status, sentences. The HTTP problems, the state machines' Retry and Catch, the exit codes of the
 * command and the pages under `docs/errors/` are all made from this table.
 */
export const errorTable = {
  invalid_request: input(
    400,
    'The request is not of the documented form',
    'Compare the request with /v1/openapi.json; the message names the field.',
  ),
  unauthorized: input(
    401,
    'The API key is missing or wrong',
    'Send the key as `Authorization: Bearer …`.',
  ),
  forbidden: input(
    403,
    'The API key may not do this',
    'Use a key with the scope that the message names, or ask an admin for one.',
  ),
  key_not_found: input(
    404,
    'There is no such API key',
    'Take an id from GET /v1/keys; keys of other tenants are not shown.',
  ),
  task_not_found: input(
    404,
    'There is no such task',
    'Check the id; tasks of other tenants are not shown.',
  ),
  callback_not_found: input(
    404,
    'The task has no callback',
    'Submit the task with options.callbackUrl; its callback is there when the task has ended.',
  ),
  artifact_not_found: input(
    404,
    'The task has no such artifact',
    'Take a name from the `artifacts` of the task; they appear when the task has ended.',
  ),
  workflow_not_found: input(404, 'There is no such workflow', 'Take an id from GET /v1/workflows.'),
  upload_not_found: input(
    404,
    'There is no such upload',
    'Announce the file with POST /v1/uploads first and use the id that it returns.',
  ),
  route_not_found: input(
    404,
    'There is no such route',
    'The routes are listed in /v1/openapi.json.',
  ),
  upload_incomplete: input(
    409,
    'The upload has not arrived',
    'Send the file to the upload URL, then submit the task.',
  ),
  upload_expired: input(
    410,
    'The upload was announced too long ago',
    'Announce the file again with POST /v1/uploads.',
  ),
  task_already_ended: input(
    409,
    'The task has already ended',
    'Nothing is left to cancel; submit a new task if you need one.',
  ),
  task_not_resumable: input(
    409,
    'The task cannot be resumed',
    'Only a task that is PARTIAL, FAILED or CANCELLED can go on; a running one needs no help.',
  ),
  approval_not_open: input(
    409,
    'No approval of the task is open',
    'It has been decided, has expired, or was never asked: see `approval` of the task.',
  ),
  idempotency_conflict: input(
    422,
    'The idempotency key was used with another body',
    'Use a new Idempotency-Key for a different request, or repeat the first body unchanged.',
  ),
  invalid_params: input(
    422,
    'The parameters do not fit the workflow',
    'Compare them with `paramsSchema` of GET /v1/workflows/{id}; the message names the parameter.',
  ),
  instruction_not_served: input(
    422,
    'No workflow does what the instruction asks for',
    'Ask for what the workflows do: GET /v1/workflows describes them, and the message names the nearest one. What was served is delivered.',
  ),
  url_forbidden: input(
    422,
    'The URL is not one that may be fetched',
    'Give an https URL of a host on the public Internet, on port 443 and without a user name, or upload the file.',
  ),
  url_unreachable: input(
    422,
    'The file behind the URL could not be fetched',
    'Open the URL in a private browser window: it must give the file itself, without a sign-in and soon; or upload the file.',
  ),
  too_many_requests: input(
    429,
    'More requests than the deployment accepts',
    'Wait as `Retry-After` says and try again; `requestsPerSecond` of the deployment sets the limit.',
  ),
  file_too_large: input(
    413,
    'The file is too large',
    'Split it, or remove embedded media; the message names the limit.',
  ),
  unsupported_format: input(
    415,
    'The file is of a format that this workflow does not read',
    'Save it in one of the formats that the message lists.',
  ),
  format_mismatch: input(
    415,
    'The content does not fit the file name',
    'Give the file the extension of its real format, or save it again in the wanted one.',
  ),
  empty_file: input(
    422,
    'The file holds nothing to work on',
    'Check that the right file was sent; a file of 0 bytes or without any text cannot be processed.',
  ),
  password_protected: input(
    422,
    'The file is protected by a password',
    'Remove the password in the program that made it and send it again.',
  ),
  legacy_format: input(
    415,
    'The file is of an Office format from before 2007',
    'Save it as DOCX, XLSX or PPTX and send it again.',
  ),
  no_text_layer: input(
    422,
    'The PDF has pages without a text layer',
    'Run text recognition (OCR) over it and send the result.',
  ),
  corrupt_file: input(
    422,
    'The file is damaged',
    'Open it in the program that made it, save it again and send the new file.',
  ),
  archive_unsafe: input(
    422,
    'The file unpacks to more than is safe',
    'Send a file without padding or nested archives; the message names the limit.',
  ),
  file_too_complex: input(
    422,
    'The file takes more time or memory to read than a file may',
    'Split it, or save it again with the program that made it, without embedded media and empty formatted cells.',
  ),
  tags_broken: input(
    422,
    'A text that goes back into a file has lost a mark of its formatting',
    'Give back every inline tag of the segment exactly once, opened before closed.',
  ),
  xml_forbidden: input(
    422,
    'The file holds XML that Office files must not hold',
    'Save it again with an Office program; DTDs and entity declarations are refused.',
  ),

  ...modelErrors,
  rows_missing: provider(
    'stop',
    'Rows of the documents are not in the result',
    'The Issues sheet and coverage.json name each of them; run the task again with a smaller `chunkTokens`, or add these rows by hand.',
  ),

  budget_exceeded: limit(
    402,
    'The budget of the task does not cover the next call',
    'Resume it with a higher budget: what was paid for is kept, only the rest is asked.',
  ),
  deadline_exceeded: limit(
    408,
    'The task did not end before its deadline',
    'Resume it, or submit it with a higher `options.deadlineMinutes`; what was paid for is kept.',
  ),
  task_cancelled: limit(409, 'The task was cancelled', 'Submit it again if you still need it.'),
  approval_rejected: limit(
    409,
    'A person has rejected the task',
    'The comment stands in the timeline. A resumed task asks again.',
  ),
  approval_expired: limit(
    408,
    'Nobody approved the task in time',
    'Resume it, and it asks again; `options.approvalTimeoutMinutes` says how long it waits.',
  ),
  payload_too_large: limit(
    500,
    'A step passed on more than Step Functions carries',
    'State carries references only; this is a fault of the workflow.',
  ),
  history_too_long: limit(
    500,
    'The execution has more events than Step Functions keeps',
    'Use larger batches; this is a fault of the workflow.',
  ),
  step_timeout: limit(
    500,
    'A step ran longer than a Lambda function may',
    'Steps stop before their deadline and go on in the next run; this is a fault of the step.',
  ),

  run_superseded: system(
    'never',
    'Another execution has taken over the task',
    'Nothing to do: the newer execution goes on over the same checkpoints.',
  ),
  execution_stopped: system(
    'never',
    'The execution of the task was stopped from outside',
    'Resume the task: what was paid for is kept. Use the API to cancel, not the console.',
  ),
  provider_not_configured: system(
    'never',
    'No provider is configured',
    'Set a provider key (see the README), or unset QUIRE_PROVIDERS to use the simulator.',
  ),
  object_not_found: system(
    'never',
    'A stored object is missing',
    'It was deleted or has expired; submit the task again.',
  ),
  store_unavailable: system(
    'step',
    'The store did not answer',
    'The step is run again; if it persists, see the health of DynamoDB and S3.',
  ),
  issuer_unavailable: system(
    'never',
    'The issuer of tokens did not give its keys',
    'Try again; if it persists, check `jwtIssuer` and what stands behind its /.well-known/openid-configuration.',
  ),
  internal_error: system(
    'never',
    'Something unexpected happened',
    'Please report it with the task id; the log has the rest.',
  ),
} as const satisfies Record<string, ErrorEntry>;
