import { createCatalog } from '../catalog.ts';
import type { Workflow } from '../definition.ts';
import { compileWorkflow } from './compile.ts';
import { type DefinitionFile, faultOfFile, parseDefinition } from './parse.ts';

/** Folder of the definitions, unless another is named. */
export const workflowsFolder = 'workflows';

/**
 * More machines than this would outgrow the variables of a function, each of which holds the ARN of a machine (AWS Lambda: 4 KB of
 * environment).
 */
export const maxUserWorkflows = 12;

/** Whether a file of the folder is a definition, by its name. */
export function isDefinitionFile(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\.(?:ya?ml|json)$/.test(name);
}

/** The workflows that the files define. Throws `invalid_workflow` for the first file with faults, all of them in one sentence. */
export function loadWorkflows(files: readonly DefinitionFile[]): readonly Workflow[] {
  const builtIn = createCatalog();
  const byId = new Map<string, string>();
  return files.map((file, index) => {
    const definition = parseDefinition(file);
    const other = byId.get(definition.id);
    if (builtIn.findWorkflow(definition.id) !== undefined) {
      throw faultOfFile(
        file,
        ['id'],
        `expected an id of its own, got that of the built-in workflow ${definition.id}`,
      );
    }
    if (other !== undefined) {
      throw faultOfFile(
        file,
        ['id'],
        `expected an id of its own, got ${definition.id} like ${other}`,
      );
    }
    if (index >= maxUserWorkflows) {
      throw faultOfFile(
        file,
        [],
        `expected at most ${maxUserWorkflows} files with definitions, got ${files.length}`,
      );
    }
    byId.set(definition.id, file.name);
    return compileWorkflow(definition);
  });
}
