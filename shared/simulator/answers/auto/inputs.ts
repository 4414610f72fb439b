/** A document as the prompt lists it. */
export interface ListedDocument {
  readonly id: string;
  readonly name: string;
  readonly format: string;
}

export interface PlannedTask {
  readonly id: string;
  readonly workflow: string;
  readonly inputs: readonly string[];
  readonly params: Record<string, unknown>;
  readonly why: string;
}

interface Known {
  readonly workflow: string;
  readonly formats: readonly string[];
  readonly documents: readonly ListedDocument[];
  readonly tasks: readonly PlannedTask[];
}

/** What a part of the instruction is about: documents that it names, a file of a task before, or all documents. */
export function chooseInputs(text: string, known: Known): string[] {
  const { workflow, formats, documents, tasks } = known;
  const readable = documents.filter(({ format }) => formats.includes(format));
  const named = readable.filter(({ name }) => isNamed(text, name));
  if (workflow === 'compare-contracts') {
    const two = (named.length >= 2 ? named : readable).slice(0, 2);
    return two.length === 2 ? two.map(({ id }) => id) : [];
  }
  const made = named.length === 0 ? fileBefore(text, { documents, tasks }) : undefined;
  if (made !== undefined) return [made];
  return (named.length > 0 ? named : readable).map(({ id }) => id);
}

/** By a word of its file name, in the singular or plural. */
function isNamed(text: string, name: string): boolean {
  const words = name
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => word.length > 2 && mentions(text, word));
}

function mentions(text: string, word: string): boolean {
  return new RegExp(`(?<!\\p{L})${word.replace(/s$/, '')}(?:s|e|en)?(?!\\p{L})`, 'iu').test(text);
}

const pronouns = /\b(?:it|them|the result|the results|es|sie|ihn|das ergebnis)\b/iu;

/** “the memo” is the file of that name of the latest task that has one; “it” is what the task before delivers. */
function fileBefore(
  text: string,
  { documents, tasks }: Pick<Known, 'documents' | 'tasks'>,
): string | undefined {
  for (const task of tasks.toReversed()) {
    const word = fileWords[task.workflow];
    if (word?.test(text) === true) return mainFile(task, documents);
  }
  const last = tasks.at(-1);
  return last !== undefined && pronouns.test(text) ? mainFile(last, documents) : undefined;
}

const fileWords: Readonly<Record<string, RegExp>> = {
  'compare-contracts': /\bmemo\b/iu,
  summarize: /\b(?:the|die|der) (?:summary|zusammenfassung)\b/iu,
  'extract-table': /\b(?:the|die|der) (?:table|tabelle)\b/iu,
  translate: /\b(?:the|die|der) (?:translation|übersetzung)/iu,
  minutes: /\b(?:the minutes|das protokoll)\b/iu,
  'answer-questions': /\b(?:the answers|die antworten)\b/iu,
};

const mainFiles: Readonly<Record<string, string>> = {
  'compare-contracts': 'memo.docx',
  summarize: 'summary.docx',
  'extract-table': 'table.xlsx',
  minutes: 'minutes.docx',
  'answer-questions': 'answers.docx',
};

function mainFile(task: PlannedTask, documents: readonly ListedDocument[]): string | undefined {
  const name = mainFiles[task.workflow] ?? translatedName(task, documents);
  return name === undefined ? undefined : `${task.id}/${name}`;
}

function translatedName(
  { workflow, inputs: [first = ''], params }: PlannedTask,
  documents: readonly ListedDocument[],
): string | undefined {
  if (workflow !== 'translate') return undefined;
  const source = documents.find(({ id }) => id === first)?.name ?? first.split('/')[1] ?? '';
  const [language] = Array.isArray(params['languages']) ? params['languages'] : [];
  return source.replace(/\.([^.]+)$/, `.${language}.$1`);
}
