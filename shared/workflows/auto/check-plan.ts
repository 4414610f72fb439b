import type { DocumentFormat } from '#shared/domain/document.ts';
import type { NamedInput, Workflow } from '../definition.ts';
import { inRunningOrder, type PlanAnswer, type PlannedTask, readReference } from './plan.ts';

/** What a plan may speak of. Without `documents`, only what can be told before they are read is checked. */
export interface PlanSurroundings {
  readonly workflows: readonly Workflow[];
  readonly instruction: string;
  readonly documents?: readonly (NamedInput & { readonly id: string })[];
}

/** Everything that keeps a plan from being run, as sentences; none where it can be run as it is. */
export function faultsOfPlan(plan: PlanAnswer, around: PlanSurroundings): string[] {
  const repeated = repeatedIds(plan.tasks).map(
    (id) => `Two tasks have the id "${id}"; each needs its own.`,
  );
  // What follows goes by ids.
  if (repeated.length > 0) return repeated;
  const ordered = inRunningOrder(plan.tasks);
  const known = new Map<string, readonly NamedInput[]>();
  const ofTasks = (ordered ?? plan.tasks).flatMap((task) => {
    const faults = faultsOfTask(task, { plan, around, known });
    return faults.map((fault) => `Task "${task.id}": ${fault}`);
  });
  return [
    ...(ordered === undefined ? cycleFaults(plan.tasks) : []),
    ...ofTasks,
    ...documentFaults(plan, around),
    ...unservedFaults(plan, around),
  ];
}

interface TaskSurroundings {
  readonly plan: PlanAnswer;
  readonly around: PlanSurroundings;
  /** Files that the tasks before it deliver; filled as the plan is gone through. */
  readonly known: Map<string, readonly NamedInput[]>;
}

function faultsOfTask(task: PlannedTask, surroundings: TaskSurroundings): string[] {
  const { around, known } = surroundings;
  const workflow = around.workflows.find(({ id }) => id === task.workflow);
  if (workflow === undefined) {
    const ids = around.workflows.map(({ id }) => id).join(', ');
    return [`there is no workflow "${task.workflow}"; the workflows are ${ids}.`];
  }
  const found = task.inputs.map((input) => findInput(input, surroundings));
  const inputs = found.flatMap((each) => ('input' in each && each.input ? [each.input] : []));
  const params = workflow.params.safeParse(task.params);
  known.set(task.id, params.success ? filesOf(workflow, params.data, inputs) : []);
  return [
    ...found.flatMap((each) => ('fault' in each ? [each.fault] : [])),
    ...(new Set(task.inputs).size < task.inputs.length ? ['an input is named twice.'] : []),
    ...countFaults(workflow, task),
    ...inputs
      .filter(({ format }) => !workflow.acceptedFormats.includes(format))
      .map(
        ({ name, format }) =>
          `${workflow.id} does not read ${format} (${name}); it reads ${workflow.acceptedFormats.join(', ')}.`,
      ),
    ...(params.success
      ? []
      : params.error.issues
          .slice(0, 5)
          .map(({ path, message }) => `params.${path.join('.')}: ${message}.`)),
  ];
}

/** Found input; an input that cannot be looked up before the documents are read is none, and no fault either. */
type Found = { readonly input: NamedInput | undefined } | { readonly fault: string };

function findInput(text: string, surroundings: TaskSurroundings): Found {
  const reference = readReference(text);
  return reference.kind === 'document'
    ? findDocument(reference.id, surroundings.around)
    : findFile(reference, surroundings);
}

function findDocument(wanted: string, { documents }: PlanSurroundings): Found {
  const input = documents?.find(({ id }) => id === wanted);
  if (input !== undefined) return { input };
  if (documents === undefined) {
    if (/^d[1-9]\d*$/.test(wanted)) return { input: undefined };
    return { fault: `"${wanted}" is neither a document nor a file of a task.` };
  }
  const ids = documents.map(({ id }) => id).join(', ');
  return { fault: `there is no document "${wanted}"; they are ${ids}.` };
}

function findFile(
  { task, artifact }: { readonly task: string; readonly artifact: string },
  { plan, around, known }: TaskSurroundings,
): Found {
  if (!plan.tasks.some(({ id }) => id === task)) {
    return { fault: `there is no task "${task}" that could deliver "${artifact}".` };
  }
  const files = known.get(task) ?? [];
  const file = files.find(({ name }) => name === artifact);
  if (file !== undefined) return { input: file };
  // It waits for itself or has faults of its own, which are told there; or its files are named after documents that are not read yet.
  if (files.length === 0 || around.documents === undefined) return { input: undefined };
  const names = files.map(({ name }) => name).join(', ');
  return { fault: `"${task}" does not deliver "${artifact}"; it delivers ${names}.` };
}

/** Files that a task will deliver, of formats that can be read. */
export function filesOf(
  workflow: Workflow,
  params: unknown,
  inputs: readonly NamedInput[],
): NamedInput[] {
  const names = [
    ...workflow.artifacts.map(({ name }) => name),
    ...(workflow.furtherArtifacts?.names(params, inputs) ?? []),
  ];
  return names.flatMap((name) => {
    const format = formatOfName(name);
    return format === undefined ? [] : [{ name, format }];
  });
}

const formatsByExtension: Readonly<Record<string, DocumentFormat>> = {
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  md: 'markdown',
  html: 'html',
  htm: 'html',
  csv: 'csv',
  vtt: 'vtt',
  srt: 'srt',
  txt: 'text',
};

function formatOfName(name: string): DocumentFormat | undefined {
  return formatsByExtension[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}

function countFaults(
  { id, minDocuments = 1, maxDocuments }: Workflow,
  { inputs }: PlannedTask,
): string[] {
  if (inputs.length >= minDocuments && inputs.length <= maxDocuments) return [];
  const wanted =
    minDocuments === maxDocuments ? `${maxDocuments}` : `${minDocuments} to ${maxDocuments}`;
  return [`${id} takes ${wanted} inputs, not ${inputs.length}.`];
}

function repeatedIds(tasks: readonly PlannedTask[]): string[] {
  const ids = tasks.map(({ id }) => id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

function cycleFaults(tasks: readonly PlannedTask[]): string[] {
  const ids = new Set(tasks.map(({ id }) => id));
  const isWhole = tasks.every(({ inputs }) =>
    inputs.every((input) => {
      const reference = readReference(input);
      return reference.kind === 'document' || ids.has(reference.task);
    }),
  );
  // A task that waits for one that does not exist is told of with that one.
  return isWhole
    ? [
        'Tasks wait for each other in a circle; a task may only use files of tasks that can run before it.',
      ]
    : [];
}

function documentFaults({ tasks, unused }: PlanAnswer, { documents }: PlanSurroundings): string[] {
  if (documents === undefined || tasks.length === 0) return [];
  const used = new Set(tasks.flatMap(({ inputs }) => inputs));
  const left = new Set(unused.map(({ document }) => document));
  const known = new Set(documents.map(({ id }) => id));
  return [
    ...documents
      .filter(({ id }) => !used.has(id) && !left.has(id))
      .map(
        ({ id }) =>
          `Document "${id}" is used by no task; use it, or name it in "unused" with the reason.`,
      ),
    ...[...left]
      .filter((id) => used.has(id))
      .map(
        (id) =>
          `Document "${id}" is used by a task and stands in "unused"; it can be only one of them.`,
      ),
    ...[...left]
      .filter((id) => !known.has(id))
      .map((id) => `"unused" names "${id}", which is no document.`),
  ];
}

function unservedFaults({ tasks, notServed }: PlanAnswer, around: PlanSurroundings): string[] {
  if (tasks.length === 0 && notServed.length === 0) {
    return ['There are no tasks, and "notServed" does not say what cannot be served.'];
  }
  const instruction = plain(around.instruction);
  return notServed.flatMap(({ part, nearest }) => [
    ...(instruction.includes(plain(part))
      ? []
      : ['"part" of "notServed" must be copied letter by letter from the instruction.']),
    ...(around.workflows.some(({ id }) => id === nearest)
      ? []
      : [`"nearest" names "${nearest}", which is no workflow.`]),
  ]);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
