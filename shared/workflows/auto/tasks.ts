import { QuireError } from '#shared/domain/errors.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import type { ChildInput, ChildrenStage, StageContext, Workflow } from '../definition.ts';
import { faultsOfPlan } from './check-plan.ts';
import { surroundingsOf } from './decompose.ts';
import { AutoParams } from './params.ts';
import {
  inRunningOrder,
  PlanAnswer,
  readReference,
  type UnservedPart,
  unservedReasons,
} from './plan.ts';

/** Runs the tasks of the plan. */
export function tasksStage(workflows: readonly Workflow[]): ChildrenStage {
  return {
    kind: 'children',
    name: 'tasks',
    title: 'Running the tasks',
    plan(context) {
      const plan = planOf(context);
      const [refused] = plan.notServed;
      if (plan.tasks.length === 0 && refused !== undefined) throw notServed(refused, workflows);
      const faults = faultsOfPlan(plan, surroundingsOf(workflows, context));
      const ordered = inRunningOrder(plan.tasks);
      if (faults.length > 0 || ordered === undefined) throw unfitPlan(faults);
      return ordered.map(({ id, workflow, inputs, params, why }) => ({
        childId: id,
        workflowId: workflow,
        inputs: inputs.map(inputOf),
        params,
        why,
      }));
    },
  };
}

/** The plan in force: the one that was given, by whoever approved it perhaps, or the one that the model has made. */
export function planOf(context: StageContext): PlanAnswer {
  const { plan } = AutoParams.parse(context.params);
  return plan ?? PlanAnswer.parse(context.earlier('decompose'));
}

function inputOf(text: string): ChildInput {
  const reference = readReference(text);
  return reference.kind === 'document'
    ? { documentId: DocumentId.parse(reference.id) }
    : { childId: reference.task, artifact: reference.artifact };
}

/** Says it in our words alone: what the model has said of the documents must not get into logs (I9). */
function notServed({ reason, nearest }: UnservedPart, workflows: readonly Workflow[]): QuireError {
  const title = workflows.find(({ id }) => id === nearest)?.title;
  return new QuireError(
    'instruction_not_served',
    `Expected an instruction that the workflows can serve; ${unservedReasons[reason]} (${reason}). The nearest workflow is ${nearest}${title === undefined ? '' : ` (${title})`}: see GET /v1/workflows/${nearest}, and say what is to be done with the documents.`,
    { details: { reason, nearest } },
  );
}

/** Only a plan that was given can get here: the model's own has been checked. */
function unfitPlan(faults: readonly string[]): QuireError {
  return new QuireError(
    'invalid_params',
    `Expected a plan that fits the documents, got one with ${faults.length} faults: it names documents that are not there, leaves some out without a reason, or hands a workflow formats that it does not read. Correct the parameter \`plan\`.`,
    { details: { faults: faults.length } },
  );
}
