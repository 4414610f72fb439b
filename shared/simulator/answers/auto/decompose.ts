import type { WrittenPrompt } from '#shared/workflows/prompt.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { chooseInputs, type ListedDocument, type PlannedTask } from './inputs.ts';

/** Answers `auto.decompose`: a task for each verb that it knows, over what the words around the verb name. */
export function answerDecompose(prompt: WrittenPrompt): unknown {
  const instruction = prompt.facts['Instruction'] ?? '';
  const workflows = listedWorkflows(prompt);
  const documents = listedDocuments(prompt);
  const tasks: PlannedTask[] = [];
  const notServed: unknown[] = [];
  const refuse = (part: string, reason: string, nearest = 'summarize') =>
    notServed.push({ part, reason, nearest });
  for (const clause of clausesOf(instruction, [...workflows.keys()])) {
    if (clause.wish.kind === 'unserved') {
      refuse(clause.text, clause.wish.reason);
      continue;
    }
    const { id } = clause.wish;
    const formats = workflows.get(id);
    if (formats === undefined) continue;
    const inputs = chooseInputs(clause.text, { workflow: id, formats, documents, tasks });
    if (inputs.length === 0) refuse(clause.text, 'unread-format', id);
    else tasks.push(taskOf(clause, { id, inputs, documents, tasks }));
  }
  if (tasks.length === 0 && notServed.length === 0) refuse(instruction, 'unclear');
  const used = new Set(tasks.flatMap(({ inputs }) => inputs));
  const unused = tasks.length === 0 ? [] : documents.filter(({ id }) => !used.has(id));
  return {
    tasks,
    unused: unused.map(({ id }) => ({
      document: id,
      why: 'The instruction does not speak of this document.',
    })),
    notServed,
  };
}

function taskOf(
  { text }: Clause,
  known: {
    id: string;
    inputs: readonly string[];
    documents: readonly ListedDocument[];
    tasks: readonly PlannedTask[];
  },
): PlannedTask {
  const { id: workflow, inputs, documents, tasks } = known;
  const name = shortNames[workflow] ?? workflow.slice(0, 20);
  const same = tasks.filter((task) => task.workflow === workflow).length;
  return {
    id: same === 0 ? name : `${name}-${same + 1}`,
    workflow,
    inputs,
    params: paramsOf(workflow, text, documents),
    why: `The instruction says: ${text.slice(0, 200)}`,
  };
}

const shortNames: Readonly<Record<string, string>> = {
  'compare-contracts': 'compare',
  'extract-table': 'table',
  'answer-questions': 'answers',
  summarize: 'summary',
};

function paramsOf(
  workflow: string,
  text: string,
  documents: readonly ListedDocument[],
): Record<string, unknown> {
  if (workflow === 'translate') return { languages: languagesIn(text) };
  if (workflow !== 'answer-questions') return {};
  const sheet = documents.find(({ name }) => /\.(xlsx|ods|csv)$/i.test(name));
  const asked = [...text.matchAll(/\p{Lu}[^.?!:]*\?/gu)].map(([question]) => question);
  if (asked.length > 0) return { questions: asked };
  return { questions: sheet === undefined ? [text] : sheet.name };
}

const languages: readonly (readonly [RegExp, string])[] = [
  [/german|deutsch/i, 'de'],
  [/french|französisch/i, 'fr'],
  [/spanish|spanisch/i, 'es'],
  [/italian|italienisch/i, 'it'],
  [/dutch|niederländisch/i, 'nl'],
  [/polish|polnisch/i, 'pl'],
  [/portuguese|portugiesisch/i, 'pt'],
  [/english|englisch/i, 'en'],
];

function languagesIn(text: string): string[] {
  const named = languages.filter(([name]) => name.test(text)).map(([, tag]) => tag);
  return named.length === 0 ? ['de'] : named;
}

function listedWorkflows({ sections }: WrittenPrompt): Map<string, string[]> {
  const lines = sections['workflows'] ?? [];
  return new Map(
    lines.flatMap(({ tag, text }) => {
      const [id = '', what] = tag.split(' ');
      const formats = /inputs of (.+)$/.exec(text)?.[1]?.split(', ');
      return what === 'takes' && formats !== undefined ? [[id, formats] as const] : [];
    }),
  );
}

function listedDocuments({ sections }: WrittenPrompt): ListedDocument[] {
  const lines = sections['documents'] ?? [];
  return lines
    .filter(({ tag }) => !tag.includes(' '))
    .map(({ tag: id, text: name }) => {
      const what = lines.find(({ tag }) => tag === `${id} is`)?.text ?? '';
      return { id, name, format: what.split(',')[0] ?? '' };
    });
}
