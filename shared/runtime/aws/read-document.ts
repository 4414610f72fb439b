import { createIsolatedDocumentReader } from '#shared/adapters/system/isolated-document-reader.ts';
import { createReadDocument } from '#shared/steps/read-document.ts';
import { readerCaps } from '../reader-caps.ts';
import { findWorkflow } from './catalog.ts';
import { objects } from './objects.ts';
import { tasks } from './state.ts';

export const readDocument = createReadDocument({
  tasks,
  objects,
  documentReader: createIsolatedDocumentReader({
    ...readerCaps,
    // Bundled beside the handler (infra/constructs/reader-files.ts).
    threadFile: new URL('./document-thread.mjs', import.meta.url),
    threads: 1,
  }),
  findWorkflow,
});
