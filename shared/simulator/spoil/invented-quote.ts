/** A sentence that no document of ours holds. */
const invention = {
  text: 'The moon office approved 999 million paper boats.',
  quote: 'the moon office has approved 999 million paper boats for the coming season',
};

/** Puts an invented quote first in an answer with notes; any other answer stays as it is. */
export function inventQuote(content: string): string {
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
