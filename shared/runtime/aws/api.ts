import { createS3DownloadUrl } from '#shared/adapters/aws/s3-download-url.ts';
import { createS3UploadForms } from '#shared/adapters/aws/s3-upload-forms.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { ProviderName } from '#shared/domain/providers.ts';
import { createApp } from '#shared/http/app.ts';
import { createCancelTask } from '#shared/steps/tasks/cancel-task.ts';
import { createCreateUpload } from '#shared/steps/tasks/create-upload.ts';
import { createDecideApproval } from '#shared/steps/tasks/decide-approval.ts';
import { createGetUsage } from '#shared/steps/tasks/get-usage.ts';
import { createReplayCallback } from '#shared/steps/tasks/replay-callback.ts';
import { createResumeTask } from '#shared/steps/tasks/resume-task.ts';
import { createSubmitTask } from '#shared/steps/tasks/submit-task.ts';
import { createKeyUseCases } from '../key-use-cases.ts';
import { callbackSecrets, callbacks } from './callbacks.ts';
import { workflows } from './catalog.ts';
import { engine } from './engine.ts';
import { publishEnd } from './events.ts';
import { authOf, gatewayCallerOf } from './gateway-callers.ts';
import { lambdaRequestId } from './lambda-request-id.ts';
import { objects, s3 } from './objects.ts';
import { clock, currentTraceId, ids, logger, metrics } from './platform.ts';
import { apiKeys, ledger, spending, tasks } from './state.ts';
import { submission, tenantId } from './submission.ts';

const providers = (process.env[environmentNames.providers] ?? '').split(',').filter(Boolean);
const auth = authOf(process.env[environmentNames.auth]);
const callerOf = gatewayCallerOf(auth);
const keys = createKeyUseCases({ apiKeys, clock, ids, logger, firstTenantId: tenantId });
const uploadForms = createS3UploadForms({ ...s3, clock });

/** The API of the stack. Who calls, API Gateway and the authorizer have found out before. */
export const app = createApp({
  submitTask: createSubmitTask(submission),
  cancelTask: createCancelTask({ tasks, ledger, clock, engine, spending, publishEnd, metrics }),
  resumeTask: createResumeTask({ tasks, engine, clock, logger, spending }),
  decideApproval: createDecideApproval(submission),
  replayCallback: createReplayCallback({ callbacks, clock }),
  callbackOf: callbacks.get,
  callbackSecrets,
  createUpload: createCreateUpload({ tasks, uploadForms, clock, ids }),
  getUsage: createGetUsage({ tasks, clock }),
  tasks,
  objects,
  workflows,
  callerOf: (_request, env) => callerOf(env),
  // Where callers have no keys of ours, there are none to manage.
  ...(auth === 'key' ? { keys } : {}),
  providers: { names: providers.map((name) => ProviderName.parse(name)), isSimulated: false },
  logger,
  platformOf: (env) => ({ requestId: lambdaRequestId(env), traceId: currentTraceId() }),
  downloadUrl: createS3DownloadUrl(s3),
});
