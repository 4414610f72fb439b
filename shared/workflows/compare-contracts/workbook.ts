import type { Cell, Column, Sheet, Workbook } from '#shared/domain/workbook.ts';
import type { RenderContext } from '../definition.ts';
import { gapNotices, simulatedNotices } from '../notices.ts';
import { verdictOf } from './report.ts';
import type { CompareResult, ResultChange } from './result.ts';
import type { MaterialityRule } from './rules.ts';

const columns: readonly Column[] = [
  { title: 'Id', type: 'text', width: 7 },
  { title: 'Clause', type: 'text', width: 26, wrap: true },
  { title: 'Type', type: 'text', width: 12 },
  { title: 'Before', type: 'text', width: 48, wrap: true },
  { title: 'After', type: 'text', width: 48, wrap: true },
  { title: 'Material', type: 'text', width: 11 },
  { title: 'Risk', type: 'text', width: 9 },
  { title: 'Why', type: 'text', width: 52, wrap: true },
  { title: 'Rules', type: 'text', width: 20, wrap: true },
  { title: 'Place in the base', type: 'text', width: 22, wrap: true },
  { title: 'Quote of the base', type: 'text', width: 30, wrap: true },
  { title: 'Place in the revised document', type: 'text', width: 22, wrap: true },
  { title: 'Quote of the revised document', type: 'text', width: 30, wrap: true },
];

/** One row for each change, and the rules that they were judged by. */
export function writeChanges(
  context: RenderContext,
  made: {
    readonly result: CompareResult;
    readonly language: string;
    readonly rules: readonly MaterialityRule[];
  },
): Workbook {
  const { result, language, rules } = made;
  const notes: NonNullable<Sheet['notes']> = [
    ...gapNotices(context, 'This list').map((text) => ({
      text,
      isBold: true,
      mark: 'missing' as const,
    })),
    ...simulatedNotices(context, 'The changes were judged by a program').map((text) => ({ text })),
    { text: `Base: ${result.base}. Revised: ${result.revised}. Viewpoint: ${result.viewpoint}.` },
    ...(result.redline.hasLayout ? [] : result.redline.remarks.map((text) => ({ text }))),
  ];
  return {
    title: `Changes from ${result.base} to ${result.revised}`,
    language,
    sheets: [
      { name: 'Changes', notes, columns: [...columns], rows: result.changes.map(rowOf) },
      {
        name: 'Rules',
        columns: [
          { title: 'Id', type: 'text', width: 20 },
          { title: 'Title', type: 'text', width: 34, wrap: true },
          { title: 'Weight', type: 'text', width: 10 },
          { title: 'Words', type: 'text', width: 60, wrap: true },
          { title: 'Why', type: 'text', width: 50, wrap: true },
        ],
        rows: rules.map(({ id, title, weight, words, why }) =>
          [id, title, weight, words.join(', '), why].map(textCell),
        ),
      },
    ],
  };
}

function rowOf(change: ResultChange): Cell[] {
  const { id, clause, type, before, after, risk, why, rules, citations } = change;
  const [base] = citations.base;
  const [revised] = citations.revised;
  return [
    ...[id, clause, type, before, after].map(textCell),
    materialCell(change),
    textCell(risk ?? ''),
    textCell(why),
    textCell(rules.join(', ')),
    citationCell(base, 'place'),
    citationCell(base, 'quote'),
    citationCell(revised, 'place'),
    citationCell(revised, 'quote'),
  ];
}

function textCell(text: string): Cell {
  return text === '' ? { kind: 'empty' } : { kind: 'text', text };
}

function materialCell(change: ResultChange): Cell {
  if (change.material === null) return { kind: 'text', text: verdictOf(change), mark: 'missing' };
  const text = change.material ? 'yes' : 'no';
  if (change.opinions !== undefined)
    return { kind: 'text', text: 'yes (disputed)', mark: 'warning' };
  return change.material ? { kind: 'text', text, mark: 'changed' } : { kind: 'text', text };
}

function citationCell(id: string | undefined, show: 'place' | 'quote'): Cell {
  return id === undefined ? { kind: 'empty' } : { kind: 'citation', id, show };
}
