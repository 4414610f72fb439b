import * as z from 'zod';
import { createS3DownloadUrl } from '#shared/adapters/aws/s3-download-url.ts';
import { createS3UploadForms } from '#shared/adapters/aws/s3-upload-forms.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { ProviderName } from '#shared/domain/providers.ts';
import { createApp } from '#shared/http/app.ts';
import { createCancelTask } from '#shared/steps/tasks/cancel-task.ts';
import { createCreateUpload } from '#shared/steps/tasks/create-upload.ts';
import { createGetUsage } from '#shared/steps/tasks/get-usage.ts';
import { createResumeTask } from '#shared/steps/tasks/resume-task.ts';
import { createSubmitTask } from '#shared/steps/tasks/submit-task.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { objects, s3 } from './objects.ts';
import { clock, currentTraceId, ids, logger, metrics } from './platform.ts';
import { ledger, spending, tasks } from './state.ts';
import { engine, submission, tenantId } from './submission.ts';

const providers = (process.env[environmentNames.providers] ?? '').split(',').filter(Boolean);
const uploadForms = createS3UploadForms({ ...s3, clock });

const LambdaEnvironment = z.object({ lambdaContext: z.object({ awsRequestId: z.string() }) });

/** The API of the stack. Who may call it, the authorizer has decided before. */
export const app = createApp({
  submitTask: createSubmitTask(submission),
  cancelTask: createCancelTask({ tasks, ledger, clock, engine, spending, metrics }),
  resumeTask: createResumeTask({ tasks, engine, clock, logger, spending }),
  createUpload: createCreateUpload({ tasks, uploadForms, clock, ids }),
  getUsage: createGetUsage({ tasks, clock }),
  tasks,
  objects,
  workflows,
  tenantOf: () => tenantId,
  providers: { names: providers.map((name) => ProviderName.parse(name)), isSimulated: false },
  logger,
  platformOf: (env) => ({ requestId: lambdaRequestId(env), traceId: currentTraceId() }),
  downloadUrl: createS3DownloadUrl(s3),
});

/** What Hono's adapter says of the invocation. */
function lambdaRequestId(env: unknown): string | undefined {
  return LambdaEnvironment.safeParse(env).data?.lambdaContext.awsRequestId;
}
