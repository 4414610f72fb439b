import * as z from 'zod';
import type { Attempt } from '#shared/domain/call.ts';
import { isComplete } from '#shared/domain/coverage.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { Artifact, RunningTask } from '#shared/domain/task.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { ArtifactContent, ArtifactSpec } from '#shared/workflows/artifact-content.ts';
import type { CallOutcome, ModelStage, Rendering, Workflow } from '#shared/workflows/definition.ts';
import { needsApproval } from './approvals.ts';
import { type Delivery, deliveryStage } from './delivery.ts';
import { attemptsOf } from './end-task.ts';
import { encodeJson, putJson } from './json-objects.ts';
import { loadInput } from './load-input.ts';
import { loadOutcomes, loadPlan, loadStageContext } from './stage-files.ts';
import type { Step } from './step.ts';
import { coverageOf, reasonsOf } from './task-coverage.ts';
import { type FindWorkflow, requireRunningTask, requireWorkflow } from './task-state.ts';
import { usageReport } from './tasks/usage-report.ts';
import { type OutputFile, writeArtifact } from './write-artifact.ts';

const RenderInput = z.object({ taskId: TaskId });

interface RenderPorts {
  readonly tasks: TaskStore;
  readonly calls: CallStore;
  readonly ledger: UsageLedger;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly findWorkflow: FindWorkflow;
}

export interface RenderOutput {
  readonly artifacts: number;
  /** A person is to look at the draft before it is delivered. */
  readonly needsApproval: boolean;
}

/** Writes the artifacts and, beside them, `result.json`, `citations.json`, `coverage.json` and `usage.json`. */
export function createRender(ports: RenderPorts): Step<z.infer<typeof RenderInput>, RenderOutput> {
  return {
    input: RenderInput,
    async run({ taskId }) {
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const context = await loadStageContext(ports.objects, task, { workflow, stage: undefined });
      const outcomes = await outcomesByStage(ports, task, workflow);
      const account = workflow.account?.(context);
      const coverage = coverageOf(context.documents, outcomes.tracked, account);
      const reasons = [...reasonsOf(outcomes.required), ...(account?.problems ?? [])];
      const attempts = await attemptsOf(ports, task);
      const providerTitles = titlesOf(attempts);

      const rendering = workflow.render({ ...context, coverage, reasons, providerTitles });
      const { written, copied } = artifactsOf(workflow, rendering);
      const files = await Promise.all(
        written.map((artifact) =>
          writeArtifact(artifact, rendering, (documentId) =>
            loadInput(ports.objects, task, documentId),
          ),
        ),
      );
      const data = [
        json('result.json', rendering.result),
        json('citations.json', rendering.citations),
        json('coverage.json', coverage),
        json('usage.json', usageReport(taskId, attempts)),
      ];
      const artifacts = await Promise.all([
        ...[...files, ...data].map((file) => putArtifact(ports.objects, taskId, file)),
        ...copied.map((file) => copyArtifact(ports.objects, taskId, file)),
      ]);
      const delivery: Delivery = {
        artifacts,
        coverage: coverage.totals,
        isComplete: isComplete(coverage) && reasons.length === 0,
        reasons,
      };
      await putJson(ports.objects, objectKeys.stageOutput(taskId, deliveryStage), delivery);
      await ports.tasks.note(taskId, {
        run: task.run,
        stage: 'render',
        event: `Written: ${artifacts.length} files${remarksOn(files)}`,
        nowInMs: ports.clock.now(),
      });
      return { artifacts: artifacts.length, needsApproval: needsApproval(task, 'final') };
    },
  };
}

/** A file of a child, under the name that it has here. */
interface CopiedFile {
  readonly name: string;
  readonly from: Extract<ArtifactContent, { readonly format: 'copy' }>;
}

/** What the workflow always delivers, what it has made besides of these documents, and what its children have delivered. */
function artifactsOf(
  workflow: Workflow,
  { contents = {} }: Rendering,
): { readonly written: readonly ArtifactSpec[]; readonly copied: readonly CopiedFile[] } {
  const names = new Set(workflow.artifacts.map(({ name }) => name));
  const written: ArtifactSpec[] = [...workflow.artifacts];
  const copied: CopiedFile[] = [];
  for (const [name, content] of Object.entries(contents)) {
    if (content.format === 'copy') copied.push({ name, from: content });
    else if (!names.has(name)) written.push({ name, format: content.format });
  }
  return { written, copied };
}

/** Outcomes of the stage whose units are tracked, and of all stages that are not advisory. */
async function outcomesByStage(
  ports: RenderPorts,
  task: RunningTask,
  workflow: Workflow,
): Promise<{ tracked: CallOutcome[]; required: CallOutcome[] }> {
  const tracked: CallOutcome[] = [];
  const required: CallOutcome[] = [];
  for (const stage of workflow.stages) {
    if (stage.kind !== 'model') continue;
    const outcomes = await outcomesOfStage(ports, task.taskId, stage);
    if (stage.tracksCoverage) tracked.push(...outcomes);
    if (!stage.isAdvisory) required.push(...outcomes);
  }
  return { tracked, required };
}

async function outcomesOfStage(
  ports: RenderPorts,
  taskId: TaskId,
  stage: ModelStage,
): Promise<CallOutcome[]> {
  const outcomes: CallOutcome[] = [];
  // A task that was resumed may have more rounds than a stage asks in one run.
  for (let round = 0; ; round += 1) {
    const place = { taskId, stage: stage.name, round };
    const plan = await loadPlan(ports.objects, place);
    if (plan === undefined) break;
    outcomes.push(...(await loadOutcomes(ports, place, plan)));
  }
  return outcomes;
}

/** What formats could not hold stands in the files at the place; here it is counted. */
function remarksOn(files: readonly OutputFile[]): string {
  const remarks = files.flatMap(({ name, warnings }) =>
    warnings.map(({ code, count }) => `${name}: ${code} ${count}`),
  );
  return remarks.length === 0 ? '' : ` (${remarks.join(', ')})`;
}

function titlesOf(attempts: readonly Attempt[]): string[] {
  const names = new Set(attempts.map((attempt) => attempt.provider));
  return [...names].map((name) => providerProfiles[name].title);
}

function json(name: string, value: unknown): Omit<OutputFile, 'warnings'> {
  return { name, contentType: 'application/json', bytes: encodeJson(value) };
}

async function putArtifact(
  objects: ObjectStore,
  taskId: TaskId,
  file: Omit<OutputFile, 'warnings'>,
): Promise<Artifact> {
  const { name, contentType, bytes } = file;
  await objects.put(objectKeys.artifact(taskId, name), bytes, { contentType });
  return { name, contentType, sizeInBytes: bytes.byteLength };
}

async function copyArtifact(
  objects: ObjectStore,
  taskId: TaskId,
  { name, from }: CopiedFile,
): Promise<Artifact> {
  const source = objectKeys.artifact(from.taskId, from.artifact.name);
  await objects.copy(source, objectKeys.artifact(taskId, name));
  return { ...from.artifact, name };
}
