import { createReadDocument } from '#shared/steps/read-document.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import { createDirectReader } from '../direct-reader.ts';
import { objects } from './objects.ts';
import { tasks } from './state.ts';

export const readDocument = createReadDocument({
  tasks,
  objects,
  documentReader: createDirectReader(),
  findWorkflow,
});
