import * as z from 'zod';

/** A sentence that no document of ours holds. */
const invention = {
  text: 'The moon office approved 999 million paper boats.',
  quote: 'the moon office has approved 999 million paper boats for the coming season',
};

/** Puts an invented quote first in an answer with notes or rows; any other answer stays as it is. */
export function inventQuote(content: string): string {
  const rows = inventRow(content);
  if (rows !== undefined) return rows;
  const answer = parseNotes(content);
  const [first] = answer?.notes ?? [];
  if (answer === undefined || first === undefined) return content;
  const invented = { ...first, ...invention, kind: 'decision', weight: 5 };
  return JSON.stringify({ ...answer, notes: [invented, ...answer.notes] });
}

function parseNotes(content: string): { notes: object[] } | undefined {
  try {
    const answer: unknown = JSON.parse(content);
    const hasNotes = typeof answer === 'object' && answer !== null && 'notes' in answer;
    return hasNotes && Array.isArray(answer.notes) ? { ...answer, notes: answer.notes } : undefined;
  } catch {
    return undefined;
  }
}

/** Of a table: a row that no unit states, with quotes where the others have some. */
function inventRow(content: string): string | undefined {
  const answer = Rows.safeParse(safeJson(content)).data;
  const [first] = answer?.rows ?? [];
  if (answer === undefined || first === undefined) return undefined;
  const invented = {
    ...first,
    v: first.v.map(() => invention.text),
    ...(first.q === undefined ? {} : { q: first.v.map(() => invention.quote) }),
  };
  return JSON.stringify({ ...answer, rows: [invented, ...answer.rows] });
}

const Rows = z.looseObject({
  rows: z.array(z.looseObject({ v: z.array(z.unknown()), q: z.unknown().optional() })),
});

function safeJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
