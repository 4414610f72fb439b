import { input, limit, provider } from './error-entry.ts';

/** Rows of the error table that are about definitions of workflows and what workflows deliver. */
export const workflowErrors = {
  instruction_not_served: input(
    422,
    'No workflow does what the instruction asks for',
    'Ask for what the workflows do: GET /v1/workflows describes them, and the message names the nearest one. What was served is delivered.',
  ),
  invalid_workflow: input(
    422,
    'The file does not define a workflow',
    'The message names each fault with its line, column and field; docs/workflows/custom.md describes the form.',
  ),
  rows_missing: provider(
    'stop',
    'Rows of the documents are not in the result',
    'The Issues sheet and coverage.json name each of them; run the task again with a smaller `chunkTokens`, or add these rows by hand.',
  ),
  replacement_incomplete: limit(
    422,
    'A text that was to be replaced is still in a file',
    'The list of the task names each with its place; replace these by hand before the file goes out.',
  ),
} as const;
