import type { TenantId } from '#shared/domain/ids.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { CancelTask } from '#shared/steps/tasks/cancel-task.ts';
import type { CreateUpload } from '#shared/steps/tasks/create-upload.ts';
import type { GetUsage } from '#shared/steps/tasks/get-usage.ts';
import type { ResumeTask } from '#shared/steps/tasks/resume-task.ts';
import type { SubmitTask } from '#shared/steps/tasks/submit-task.ts';
import type { Workflow } from '#shared/workflows/definition.ts';

/** What the API stands on. It knows neither Lambda nor Node's server. */
export interface ApiDependencies {
  readonly submitTask: SubmitTask;
  readonly cancelTask: CancelTask;
  readonly resumeTask: ResumeTask;
  readonly createUpload: CreateUpload;
  readonly getUsage: GetUsage;
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly workflows: readonly Workflow[];
  /** Whose request it is; `undefined` where it carries no valid key. */
  readonly tenantOf: (request: Request) => TenantId | undefined;
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

export interface ApiVariables {
  readonly tenantId: TenantId;
  /** The trace that the request belongs to, if any. */
  readonly traceId?: string;
  /** Of the problem that it was answered with, for the log. */
  readonly problemCode?: string;
}
