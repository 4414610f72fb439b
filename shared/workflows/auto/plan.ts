import * as z from 'zod';

/** More tasks than these are no plan that a person can look over. */
export const maxTasks = 12;

/** Names a task of a plan and its files. */
const PlannedTaskId = z
  .string()
  .max(24)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, {
    error: 'a slug such as compare or translate-de is expected',
  });

const sentence = z.string().trim().min(1).max(500);

/** One task of a plan: a workflow over some of the documents, or over what tasks before it deliver. */
export const PlannedTask = z.strictObject({
  id: PlannedTaskId.describe('Names the task and its files'),
  workflow: z.string().min(1).max(60).describe('Id of a workflow'),
  inputs: z
    .array(z.string().min(1).max(300))
    .min(1)
    .max(201)
    .describe(
      'Documents (d1, d2, …) or files of other tasks (<task>/<file>), in the order that the workflow takes',
    ),
  params: z.record(z.string(), z.unknown()).default({}),
  why: sentence.describe('What the task is for'),
});
export type PlannedTask = z.infer<typeof PlannedTask>;

/** A document that no task reads. */
const UnusedDocument = z.strictObject({ document: z.string().max(20), why: sentence });

/** Why a part of an instruction is not served. The reasons are ours, so that they may be told anywhere. */
export const unservedReasons = {
  'acts-outside': 'it asks to act outside the documents, such as to send, book, buy or publish',
  'needs-other-sources': 'it needs facts that are not in the documents',
  'other-work': 'it asks for work that no workflow does',
  'unread-format': 'no workflow that does it reads files of these formats',
  unclear: 'it does not say what is to be done with the documents',
} as const;
const unservedReasonNames = [
  'acts-outside',
  'needs-other-sources',
  'other-work',
  'unread-format',
  'unclear',
] as const satisfies readonly (keyof typeof unservedReasons)[];

/** A part of the instruction that no task serves, in its own words. */
export const UnservedPart = z.strictObject({
  part: z.string().trim().min(1).max(4_000),
  reason: z.enum(unservedReasonNames),
  /** Id of the workflow that comes nearest. */
  nearest: z.string().min(1).max(60),
});
export type UnservedPart = z.infer<typeof UnservedPart>;

const parts = {
  unused: z.array(UnusedDocument).max(200).default([]),
  notServed: z.array(UnservedPart).max(20).default([]),
};

/** What is done about an instruction. A plan without tasks is a refusal, which only the model may give. */
export const Plan = z.strictObject({ tasks: z.array(PlannedTask).min(1).max(maxTasks), ...parts });
export type Plan = z.infer<typeof Plan>;

/** What the model answers. */
export const PlanAnswer = z.object({
  // What it adds besides does no harm.
  tasks: z.array(z.object(PlannedTask.shape)).max(maxTasks),
  ...parts,
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

/** What an input of a task names. */
export type InputReference =
  | { readonly kind: 'document'; readonly id: string }
  | { readonly kind: 'file'; readonly task: string; readonly artifact: string };

export function readReference(text: string): InputReference {
  const slashAt = text.indexOf('/');
  if (slashAt === -1) return { kind: 'document', id: text };
  return { kind: 'file', task: text.slice(0, slashAt), artifact: text.slice(slashAt + 1) };
}

/** Tasks whose files a task works on. */
export function tasksBefore({ inputs }: PlannedTask): string[] {
  return inputs.flatMap((input) => {
    const reference = readReference(input);
    return reference.kind === 'file' ? [reference.task] : [];
  });
}

/** The tasks so that none waits for one behind it, otherwise in the order of the plan; `undefined` where some wait for each other. */
export function inRunningOrder(tasks: readonly PlannedTask[]): PlannedTask[] | undefined {
  const ordered: PlannedTask[] = [];
  const placed = new Set<string>();
  while (ordered.length < tasks.length) {
    const next = tasks.find(
      (task) => !placed.has(task.id) && tasksBefore(task).every((id) => placed.has(id)),
    );
    if (next === undefined) return undefined;
    ordered.push(next);
    placed.add(next.id);
  }
  return ordered;
}
