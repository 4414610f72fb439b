import type { Document } from '#shared/domain/document.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { StageContext } from '#shared/workflows/definition.ts';
import { createStageContext } from '#shared/workflows/stage-context.ts';

/** Context of a stage over documents that no task holds. Outputs and files may be added to the maps as a test goes on. */
export function stageContextOf(held: {
  readonly params?: unknown;
  readonly documents?: readonly Document[];
  readonly outputs?: ReadonlyMap<string, unknown>;
  readonly files?: ReadonlyMap<DocumentId, Uint8Array>;
}): StageContext {
  const { params = {}, documents = [], outputs = new Map(), files = new Map() } = held;
  return createStageContext({
    params,
    submittedAt: '2026-11-21T12:00:00.000Z',
    documents,
    async fileOf(documentId) {
      const bytes = files.get(documentId);
      if (bytes === undefined) throw new Error(`The test has no file ${documentId}.`);
      return bytes;
    },
    outputs,
  });
}
