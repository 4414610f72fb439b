import type { Caller } from '#shared/domain/api-key.ts';
import type { Callback, CallbackKey } from '#shared/domain/callback.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { CallbackSecrets } from '#shared/ports/callback-secrets.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { CreateKey } from '#shared/steps/keys/create-key.ts';
import type { ListKeys } from '#shared/steps/keys/list-keys.ts';
import type { RevokeKey } from '#shared/steps/keys/revoke-key.ts';
import type { CancelTask } from '#shared/steps/tasks/cancel-task.ts';
import type { CreateUpload } from '#shared/steps/tasks/create-upload.ts';
import type { DecideApproval } from '#shared/steps/tasks/decide-approval.ts';
import type { EstimateSubmission } from '#shared/steps/tasks/estimate-submission.ts';
import type { GetUsage } from '#shared/steps/tasks/get-usage.ts';
import type { ReplayCallback } from '#shared/steps/tasks/replay-callback.ts';
import type { ResumeTask } from '#shared/steps/tasks/resume-task.ts';
import type { SubmitTask } from '#shared/steps/tasks/submit-task.ts';
import type { Workflow } from '#shared/workflows/definition.ts';

/** What the API stands on. It knows neither Lambda nor Node's server. */
export interface ApiDependencies {
  readonly submitTask: SubmitTask;
  readonly cancelTask: CancelTask;
  readonly resumeTask: ResumeTask;
  readonly decideApproval: DecideApproval;
  readonly createUpload: CreateUpload;
  readonly getUsage: GetUsage;
  /** Absent where this process does not read documents: another one answers that route. */
  readonly estimateSubmission?: EstimateSubmission;
  readonly replayCallback: ReplayCallback;
  /** Of a task's end, where it has been queued. */
  readonly callbackOf: (key: CallbackKey) => Promise<Callback | undefined>;
  readonly callbackSecrets: CallbackSecrets;
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly workflows: readonly Workflow[];
  /** Whose request it is; `undefined` where it carries no valid key. `env` is what the platform says of the request. */
  readonly callerOf: (
    request: Request,
    env: unknown,
  ) => Promise<Caller | undefined> | Caller | undefined;
  /** Absent where callers are known by other means than keys of ours. */
  readonly keys?: KeyUseCases;
  readonly providers: { readonly names: readonly ProviderName[]; readonly isSimulated: boolean };
  readonly logger: Logger;
  /** What the platform calls the request, where it has a name for it. `env` is what the server passes along. */
  readonly platformOf?: (env: unknown) => {
    readonly requestId?: string | undefined;
    readonly traceId?: string | undefined;
  };
  /** A URL to fetch a large artifact from, where the platform limits the size of an answer. */
  readonly downloadUrl?: (key: string, name: string) => Promise<string>;
}

export interface KeyUseCases {
  readonly createKey: CreateKey;
  readonly listKeys: ListKeys;
  readonly revokeKey: RevokeKey;
}

export interface ApiVariables {
  readonly caller: Caller;
  /** Of the caller. */
  readonly tenantId: TenantId;
  /** The trace that the request belongs to, if any. */
  readonly traceId?: string;
  /** Of the problem that it was answered with, for the log. */
  readonly problemCode?: string;
}
