import type { Citation } from '#shared/domain/citation.ts';
import { addUsage, noUsage } from '#shared/domain/usage.ts';
import type { ArtifactContent } from '../artifact-content.ts';
import type { ChildOutcome } from '../children.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { childrenOf } from './account.ts';
import { AutoParams } from './params.ts';
import { writeReport } from './report.ts';
import type { AutoResult } from './result.ts';
import { planOf } from './tasks.ts';

/** A citation as a child has made it. Its ids are those of the child: `d1` is the first input of that task. */
interface ChildCitation extends Citation {
  readonly child: string;
}

/** Puts the results of the children together: their files under their names, and a report of what was done and what came of it. */
export function renderTasks(context: RenderContext): Rendering {
  const children = childrenOf(context);
  const result = resultOf(context, children);
  return {
    result,
    citations: children.flatMap(({ childId, citations }) =>
      citations.map((citation): ChildCitation => ({ child: childId, ...citation })),
    ),
    report: writeReport(context, result),
    contents: Object.fromEntries(children.flatMap(copiesOf)),
  };
}

function copiesOf({ childId, taskId, artifacts }: ChildOutcome): [string, ArtifactContent][] {
  if (taskId === undefined) return [];
  return artifacts.map((artifact) => [
    nameOf(childId, artifact.name),
    { format: 'copy', taskId, artifact },
  ]);
}

function nameOf(childId: string, name: string): string {
  return `${childId}-${name}`;
}

function resultOf(context: RenderContext, children: readonly ChildOutcome[]): AutoResult {
  const { instruction } = AutoParams.parse(context.params);
  const { unused, notServed } = planOf(context);
  return {
    instruction,
    tasks: children.map((child) => ({
      id: child.childId,
      workflow: child.workflowId,
      inputs: child.inputs.map((input) =>
        'documentId' in input ? input.documentId : `${input.childId}/${input.artifact}`,
      ),
      params: child.params,
      why: child.why,
      status: child.status,
      ...(child.taskId === undefined ? {} : { taskId: child.taskId }),
      reasons: child.problems,
      files: child.artifacts.map(({ name, sizeInBytes }) => ({
        name: nameOf(child.childId, name),
        sizeInBytes,
      })),
      usage: child.usage,
      ...(child.coverage === undefined ? {} : { coverage: child.coverage.totals }),
    })),
    unused,
    notServed,
    usage: children.map(({ usage }) => usage).reduce(addUsage, noUsage),
  };
}
