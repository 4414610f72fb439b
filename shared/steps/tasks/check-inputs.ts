import { QuireError } from '#shared/domain/errors.ts';
import type { TenantId, UploadId } from '#shared/domain/ids.ts';
import { maxUploadSizeInBytes } from '#shared/domain/limits.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { TaskInput } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { Workflow } from '#shared/workflows/definition.ts';

/** An input that is there and may be read, or one that is fetched next. */
export type CheckedInput = PresentInput | RemoteInput;

export interface PresentInput {
  readonly name: string;
  readonly sizeInBytes: number;
  readonly source:
    | { readonly kind: 'object'; readonly key: string }
    | { readonly kind: 'text'; readonly bytes: Uint8Array };
}

/** Where a file is to be had; what it is called and how large it is shows when it is fetched. */
export interface RemoteInput {
  readonly name: string | undefined;
  readonly source: { readonly kind: 'url'; readonly url: string };
}

interface InputPorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly clock: Clock;
}

/** Checks what can be known of the inputs without reading them. */
export async function checkInputs(
  ports: InputPorts,
  request: { tenantId: TenantId; workflow: Workflow; inputs: readonly TaskInput[] },
): Promise<CheckedInput[]> {
  const { tenantId, workflow, inputs } = request;
  if (inputs.length > workflow.maxDocuments) {
    throw new QuireError(
      'invalid_request',
      `Expected at most ${workflow.maxDocuments} inputs for ${workflow.id}, got ${inputs.length}.`,
      { details: { limit: workflow.maxDocuments, actual: inputs.length } },
    );
  }
  const checked = await Promise.all(
    inputs.map(async (input): Promise<CheckedInput> => {
      if ('url' in input) return { name: input.name, source: { kind: 'url', url: input.url } };
      if ('text' in input) return refuseSize(textInput(input));
      return refuseSize(await checkUpload(ports, tenantId, input.uploadId));
    }),
  );
  return checked;
}

/** The input, unless it is empty or too large. */
export function refuseSize<Input extends { name: string; sizeInBytes: number }>(
  input: Input,
): Input {
  const { name, sizeInBytes } = input;
  if (sizeInBytes === 0)
    throw new QuireError('empty_file', 'Expected a file with content; it has 0 bytes.', {
      details: { name },
    });
  if (sizeInBytes <= maxUploadSizeInBytes) return input;
  throw new QuireError(
    'file_too_large',
    `Expected at most ${maxUploadSizeInBytes} bytes, the file has ${sizeInBytes}.`,
    {
      details: { limit: maxUploadSizeInBytes, actual: sizeInBytes },
    },
  );
}

function textInput({ name, text }: { name: string; text: string }): PresentInput {
  const bytes = new TextEncoder().encode(text);
  const source = { kind: 'text' as const, bytes };
  return {
    name: /\.\w+$/.test(name) ? name : `${name}.txt`,
    sizeInBytes: bytes.byteLength,
    source,
  };
}

async function checkUpload(
  ports: InputPorts,
  tenantId: TenantId,
  uploadId: UploadId,
): Promise<PresentInput> {
  const upload = await ports.tasks.getUpload(uploadId);
  if (upload === undefined || upload.tenantId !== tenantId) {
    throw new QuireError(
      'upload_not_found',
      `Expected an announced upload, found none with id ${uploadId}.`,
      {
        details: { uploadId },
      },
    );
  }
  const key = objectKeys.upload(uploadId);
  const info = await ports.objects.head(key);
  if (info !== undefined)
    return { name: upload.name, sizeInBytes: info.sizeInBytes, source: { kind: 'object', key } };
  const isExpired = upload.expiresAtInMs < ports.clock.now();
  throw new QuireError(
    isExpired ? 'upload_expired' : 'upload_incomplete',
    `Expected the file of upload ${uploadId}; it has not arrived${isExpired ? ' in time' : ' yet'}.`,
    { details: { uploadId } },
  );
}
