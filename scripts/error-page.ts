import type { ErrorEntry } from '#shared/domain/error-entry.ts';
import { errorTable } from '#shared/domain/error-table.ts';

const retrySentence: Readonly<Record<ErrorEntry['retry'], string>> = {
  never: 'Not retried.',
  attempt: 'The call is tried again by the call layer, within its limits.',
  step: 'The step is run again by the state machine.',
};

const originSentence: Readonly<Record<ErrorEntry['origin'], string>> = {
  input: 'Something submitted',
  provider: 'The provider of the model',
  limit: 'A limit that the task was given',
  system: 'Quire or its platform',
};

/** The page of all errors, from the table. */
export function errorPage(): string {
  const entries: [string, ErrorEntry][] = Object.entries(errorTable);
  const sections = entries.map(([code, entry]) =>
    [
      `## ${code}`,
      '',
      `${entry.title}.`,
      '',
      `- **What to do:** ${entry.remedy}`,
      `- **HTTP status:** ${entry.httpStatus}`,
      `- **Where it comes from:** ${originSentence[entry.origin]}.`,
      `- **Retry:** ${retrySentence[entry.retry]}`,
    ].join('\n'),
  );
  return `${['# Errors', 'Made from `shared/domain/error-table.ts` by `npm run docs`. Codes are stable; match on them, not on sentences.', ...sections].join('\n\n')}\n`;
}
