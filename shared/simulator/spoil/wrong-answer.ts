/** A sentence that no document of ours holds, with a quote that stands nowhere. */
const invention = {
  text: 'The moon office answers for 999 million paper boats.',
  evidence: [
    { quote: 'the moon office answers for 999 million paper boats at any time', unit: 'd1.u1' },
  ],
};

/** Puts an invented statement first in the answer to a question, also where nothing was found; any other answer stays as it is. */
export function inventAnswer(content: string): string {
  const answer = parseStatements(content);
  if (answer === undefined) return content;
  return JSON.stringify({
    ...answer,
    status: 'answered',
    statements: [invention, ...answer.statements],
  });
}

/** Says that nothing was found where something was; any other answer stays as it is. */
export function dropAnswer(content: string): string {
  const answer = parseStatements(content);
  if (answer === undefined || answer.statements.length === 0) return content;
  return JSON.stringify({ status: 'not-found', statements: [], missing: 'Nothing is said of it.' });
}

function parseStatements(content: string): { statements: unknown[] } | undefined {
  try {
    const answer: unknown = JSON.parse(content);
    const hasStatements = typeof answer === 'object' && answer !== null && 'statements' in answer;
    return hasStatements && Array.isArray(answer.statements)
      ? { ...answer, statements: answer.statements }
      : undefined;
  } catch {
    return undefined;
  }
}
