import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, createCatalog } from '#shared/workflows/catalog.ts';
import { isDefinitionFile, loadWorkflows, workflowsFolder } from '#shared/workflows/custom/load.ts';
import type { Environment } from './environment.ts';

/** All workflows of a process on this machine: those of the folder `workflows`, or the one that `QUIRE_WORKFLOWS` names, are among them. */
export function localCatalog(environment: Environment): Catalog {
  return readCatalog(environment['QUIRE_WORKFLOWS'] ?? workflowsFolder);
}

/**
 * The built-in workflows with those that a folder defines. A folder that is not there defines none; a file with faults throws
 * `invalid_workflow`, and nothing starts.
 */
export function readCatalog(folder: string, shownAs = folder): Catalog {
  const names = existsSync(folder) ? readdirSync(folder).filter(isDefinitionFile).toSorted() : [];
  return createCatalog(
    loadWorkflows(
      names.map((name) => ({
        name: `${shownAs}/${name}`,
        text: readFileSync(join(folder, name), 'utf8'),
      })),
    ),
  );
}
