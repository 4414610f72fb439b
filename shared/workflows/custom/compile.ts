import { DocumentFormat } from '#shared/domain/document.ts';
import type { ArtifactSpec } from '../artifact-content.ts';
import type { Stage, Workflow } from '../definition.ts';
import { accountOf } from './account.ts';
import { isAsking } from './check-stages.ts';
import type { ArtifactDefinition, StageDefinition, WorkflowDefinition } from './definition.ts';
import { estimateRest } from './estimate.ts';
import { mapStage } from './map.ts';
import { modelStage } from './model.ts';
import { paramsTypeOf } from './params.ts';
import { reduceStage } from './reduce.ts';
import { renderCustom } from './render.ts';
import { artifactsOf } from './render-data.ts';
import { verifyStage } from './verify.ts';

/**
 * Makes a workflow of a definition that has been checked. From here on it is like the built-in ones: its machine, its description, its
 * estimate, coverage, approval and resume come from the same code.
 */
export function compileWorkflow(definition: WorkflowDefinition): Workflow {
  const { id, version, title, description, stages } = definition;
  const read = stages.find(({ kind }) => kind === 'read');
  const approval = stages.find(({ kind }) => kind === 'approve');
  const isReplacing = artifactsOf(definition).some(({ kind }) => kind === 'replace');
  const isReader = (stage: StageDefinition) => isAsking(stage) && isReadingDocuments(stage);
  const tracked = stages.find(isReader);
  return {
    id,
    version,
    title,
    description,
    acceptedFormats: (read?.kind === 'read' ? read.formats : undefined) ?? DocumentFormat.options,
    maxDocuments: read?.kind === 'read' ? read.maxDocuments : 20,
    ...(isReplacing ? { editView: 'segments' as const } : {}),
    ...(approval?.kind === 'approve' ? { approval: approval.what } : {}),
    params: paramsTypeOf(definition),
    stages: stages.flatMap((stage) => stagesOf(definition, stage, stage === tracked)),
    artifacts: artifactsOf(definition).flatMap(specOf),
    account: (context) => accountOf(definition, context),
    render: (context) => renderCustom(definition, context),
    estimateRest: (context, calls) => estimateRest(definition, context, calls),
  };
}

function stagesOf(
  definition: WorkflowDefinition,
  stage: StageDefinition,
  tracksCoverage: boolean,
): Stage[] {
  switch (stage.kind) {
    case 'map':
      return [mapStage(definition, stage, tracksCoverage)];
    case 'model':
      return [modelStage(definition, stage, tracksCoverage)];
    case 'reduce':
      return [reduceStage(definition, stage)];
    case 'verify':
      return [verifyStage(definition, stage)];
    // What they say stands in the workflow itself.
    case 'read':
    case 'split':
    case 'approve':
    case 'render':
      return [];
  }
}

function isReadingDocuments(stage: StageDefinition): boolean {
  return stage.kind === 'map' || (stage.kind === 'model' && stage.from === undefined);
}

const formats: Readonly<Record<string, ArtifactSpec['format']>> = {
  docx: 'docx',
  md: 'markdown',
  xlsx: 'xlsx',
  csv: 'csv',
  json: 'json',
};

/** Files that are changed in place are named by the inputs, so that they are known only when they are made. */
function specOf({ kind, name }: ArtifactDefinition): ArtifactSpec[] {
  const format = formats[name.split('.').at(-1) ?? ''];
  return kind === 'replace' || format === undefined ? [] : [{ name, format }];
}
