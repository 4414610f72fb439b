import type { Document, SourceFile } from '#shared/domain/document.ts';
import type { EditView } from '#shared/domain/edit-view.ts';
import { isQuireError, QuireError } from '#shared/domain/errors.ts';
import type { Estimate } from '#shared/domain/estimate.ts';
import { type DocumentId, documentIdOf, type TenantId } from '#shared/domain/ids.ts';
import { maxUploadSizeInBytes, urlTimeoutInMs } from '#shared/domain/limits.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import { isoOf } from '#shared/domain/time.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DocumentReader } from '#shared/ports/document-reader.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { UrlFetcher } from '#shared/ports/url-fetcher.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { createStageContext } from '#shared/workflows/stage-context.ts';
import { estimateTask } from '../estimate.ts';
import { firstProfile } from '../first-profile.ts';
import type { FindWorkflow } from '../task-state.ts';
import { type CheckedInput, checkInputs, refuseSize } from './check-inputs.ts';
import { parseParams, parseRequest } from './parse-request.ts';
import { requireKnownWorkflow } from './submit-task.ts';

interface EstimatePorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly urls: UrlFetcher;
  readonly clock: Clock;
  readonly documentReader: DocumentReader;
  readonly findWorkflow: FindWorkflow;
  /** In the order in which they are tried. */
  readonly profiles: readonly ProviderProfile[];
  readonly urlTimeoutInMs?: number;
  /** What reading may take, all documents together; without it as long as it takes. */
  readonly caps?: ReadingCaps;
}

/** Of a process that has to answer soon, and holds every document until it does. */
interface ReadingCaps {
  readonly timeoutInMs: number;
  readonly units: number;
}

/** An estimate with the documents that it is of. */
export interface SubmissionEstimate extends Estimate {
  readonly workflow: Pick<Workflow, 'id' | 'version'>;
  readonly documents: readonly {
    readonly documentId: DocumentId;
    readonly name: string;
    readonly units: number;
    readonly pages?: number;
  }[];
}

export type EstimateSubmission = (submission: {
  readonly tenantId: TenantId;
  /** The body of a task as it would be submitted; it is checked here. */
  readonly request: unknown;
}) => Promise<SubmissionEstimate>;

/**
 * Tells what a task would take, without submitting it: its files are read as the task would read them, nothing is stored and nothing is
 * asked. Uploads stay usable.
 */
export function createEstimateSubmission(ports: EstimatePorts): EstimateSubmission {
  return async ({ tenantId, request: body }) => {
    const request = parseRequest(body);
    const workflow = requireKnownWorkflow(ports.findWorkflow, request.workflow);
    const params = parseParams(workflow, request.params);
    const profile = firstProfile(ports.profiles, request);
    if (profile === undefined) throw notConfigured();
    const inputs = await checkInputs(ports, { tenantId, workflow, inputs: request.inputs });
    const { documents, editViews } = await readInputs(ports, workflow, inputs);
    const context = createStageContext({
      params: workflow.params.parse(params),
      submittedAt: isoOf(ports.clock.now()),
      documents,
      editViews,
      outputs: new Map(),
    });
    return {
      workflow: { id: workflow.id, version: workflow.version },
      documents: documents.map(({ id, name, units, pageCount }) => ({
        documentId: id,
        name,
        units: units.length,
        ...(pageCount === undefined ? {} : { pages: pageCount }),
      })),
      ...estimateTask(workflow, context, profile),
    };
  };
}

/** One after the other: each file is held in memory while it is read. */
async function readInputs(
  ports: EstimatePorts,
  workflow: Workflow,
  inputs: readonly CheckedInput[],
) {
  const startedAtInMs = ports.clock.now();
  const deadlineAtInMs = startedAtInMs + (ports.urlTimeoutInMs ?? urlTimeoutInMs);
  const reading = createReading(ports, startedAtInMs);
  const documents: Document[] = [];
  const editViews = new Map<DocumentId, EditView>();
  for (const [index, input] of inputs.entries()) {
    const documentId = documentIdOf(index + 1);
    const file = { documentId, ...(await loadFile(ports, input, deadlineAtInMs)) };
    const read = await reading((reader) => reader.read(file, workflow.acceptedFormats));
    documents.push(...read);
    refuseUnits(documents, ports.caps);
    const [document] = read;
    if (workflow.editView === undefined || document === undefined) continue;
    const { format } = document;
    const { editView } = workflow;
    editViews.set(documentId, await reading((reader) => reader.view(file, format, editView)));
  }
  return { documents, editViews };
}

/** Reads with the time that is left. A file that could not be read in that may be fine; a task has more. */
function createReading(
  { documentReader, clock, caps }: Pick<EstimatePorts, 'documentReader' | 'clock' | 'caps'>,
  startedAtInMs: number,
) {
  return async <Result>(read: (reader: DocumentReader) => Promise<Result>): Promise<Result> => {
    if (caps === undefined) return await read(documentReader);
    const leftInMs = startedAtInMs + caps.timeoutInMs - clock.now();
    if (leftInMs <= 0) throw tooLong(caps);
    try {
      return await read(documentReader.within(leftInMs));
    } catch (cause) {
      const isTooSlow =
        isQuireError(cause) && cause.code === 'file_too_complex' && cause.details['cap'] === 'time';
      throw isTooSlow ? tooLong(caps, cause) : cause;
    }
  };
}

function refuseUnits(documents: readonly Document[], caps: ReadingCaps | undefined): void {
  const actual = documents.reduce((sum, { units }) => sum + units.length, 0);
  if (caps === undefined || actual <= caps.units) return;
  throw new QuireError(
    'estimate_too_long',
    `Expected documents of at most ${caps.units} paragraphs, rows and cells together, got more; submit the task with \`options.approval\` “plan” and see its estimate.`,
    { details: { limit: caps.units } },
  );
}

async function loadFile(
  { objects, urls, clock }: EstimatePorts,
  { name, source }: CheckedInput,
  deadlineAtInMs: number,
): Promise<Omit<SourceFile, 'documentId'>> {
  switch (source.kind) {
    case 'text':
      return { name: name ?? '', bytes: source.bytes };
    case 'object': {
      const bytes = await objects.get(source.key);
      if (bytes === undefined) throw vanished();
      return { name: name ?? '', bytes };
    }
    case 'url': {
      const timeoutInMs = Math.max(0, deadlineAtInMs - clock.now());
      const fetched = await urls.fetch(source.url, {
        maxSizeInBytes: maxUploadSizeInBytes,
        timeoutInMs,
      });
      refuseSize({ name: name ?? fetched.name, sizeInBytes: fetched.bytes.byteLength });
      return { name: name ?? fetched.name, bytes: fetched.bytes };
    }
  }
}

function notConfigured(): QuireError {
  return new QuireError(
    'provider_not_configured',
    'Expected a provider of this deployment to reckon with, got none or another one. See GET /v1/health.',
  );
}

function tooLong({ timeoutInMs }: ReadingCaps, cause?: unknown): QuireError {
  return new QuireError(
    'estimate_too_long',
    `Expected documents that can be read within ${timeoutInMs / 1_000} seconds, these take longer; submit the task with \`options.approval\` “plan” and see its estimate.`,
    { details: { limitInMs: timeoutInMs }, cause },
  );
}

function vanished(): QuireError {
  return new QuireError('upload_expired', 'Expected the file of an upload; it is gone by now.');
}
