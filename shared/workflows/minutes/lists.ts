import type { Cell, Column, Sheet } from '#shared/domain/workbook.ts';
import type { MinutedAction, MinutedDecision, MinutesResult } from './result.ts';

const column = (title: string, type: Column['type'] = 'text'): Column => ({ title, type });
const text = (value: string): Cell => ({ kind: 'text', text: value });

/** Content of `actions.csv`. Its column titles are the same in every language, since programs read it. */
export function actionSheet({ actions }: MinutesResult): Sheet {
  return {
    name: 'actions',
    columns: [
      ...['owner', 'task'].map((title) => column(title)),
      column('due', 'date'),
      ...[
        'quote',
        'time',
        'owner_as_said',
        'owner_status',
        'due_as_said',
        'due_status',
        'status',
      ].map((title) => column(title)),
      ...['topic', 'remarks'].map((title) => column(title)),
    ],
    rows: actions.map((action) => [
      text(action.owner),
      text(action.text),
      action.due === '' ? { kind: 'empty' } : { kind: 'date', date: action.due },
      quoteCell(action),
      text(action.time),
      text(action.ownerSaid),
      text(action.ownerStatus),
      text(action.dueSaid),
      text(action.dueStatus),
      text(statusOf(action)),
      text(action.topic),
      text(action.remarks.join(' ')),
    ]),
  };
}

/** Content of `decisions.csv`. */
export function decisionSheet({ decisions }: MinutesResult): Sheet {
  return {
    name: 'decisions',
    columns: ['decision', 'quote', 'time', 'topic', 'status', 'remarks'].map((title) =>
      column(title),
    ),
    rows: decisions.map((decision) => [
      text(decision.text),
      quoteCell(decision),
      text(decision.time),
      text(decision.topic),
      text(statusOf(decision)),
      text(decision.remarks.join(' ')),
    ]),
  };
}

function statusOf({ isWithdrawn }: MinutedDecision): string {
  return isWithdrawn ? 'withdrawn' : 'open';
}

/** The writer takes the words from the verified citation; those over several cues are put together of theirs. */
function quoteCell({ citations, quote }: MinutedAction | MinutedDecision): Cell {
  const [only, ...others] = citations;
  return only === undefined || others.length > 0
    ? text(quote)
    : { kind: 'citation', id: only, show: 'quote' };
}
