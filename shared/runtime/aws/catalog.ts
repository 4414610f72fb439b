import { fileURLToPath } from 'node:url';
import { workflowsFolder } from '#shared/workflows/custom/load.ts';
import { readCatalog } from '../user-workflows.ts';

/** The workflows of the stack. The files of the user's own ship beside the handler (infra/constructs/workflow-files.ts). */
export const { workflows, findWorkflow } = readCatalog(
  fileURLToPath(new URL(`./${workflowsFolder}`, import.meta.url)),
  workflowsFolder,
);
