import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCatalog } from '#shared/workflows/catalog.ts';
import { isDefinitionFile, loadWorkflows } from '#shared/workflows/custom/load.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { projectRoot } from './bundling.ts';

/** The workflows of a stack, with the files that define those of the user's own. */
export interface WorkflowFolder {
  readonly workflows: readonly Workflow[];
  /** Absolute paths. */
  readonly workflowFiles: readonly string[];
}

/** Reads and checks the definitions of a folder, from the root of the project; one with faults stops the synthesis with its sentence. */
export function readWorkflowFolder(folder: string): WorkflowFolder {
  const path = resolve(projectRoot, folder);
  const names = existsSync(path) ? readdirSync(path).filter(isDefinitionFile).toSorted() : [];
  const files = names.map((name) => ({
    name: `${folder}/${name}`,
    text: readFileSync(join(path, name), 'utf8'),
  }));
  return {
    workflows: createCatalog(loadWorkflows(files)).workflows,
    workflowFiles: names.map((name) => join(path, name)),
  };
}
