/** Calls every change of a contract immaterial; any other answer stays as it is. */
export function playDown(content: string): string {
  return mapJudgements(content, (judgement) => ({
    ...judgement,
    material: false,
    risk: 'none',
    why: 'Only the wording is different; nothing changes for the parties.',
  }));
}

/** Names a rule that nobody gave for every change. */
export function inventRule(content: string): string {
  return mapJudgements(content, (judgement) => ({ ...judgement, rules: ['paper-boats'] }));
}

function mapJudgements(content: string, map: (judgement: object) => object): string {
  try {
    const answer: unknown = JSON.parse(content);
    const hasChanges = typeof answer === 'object' && answer !== null && 'changes' in answer;
    if (!hasChanges || !Array.isArray(answer.changes)) return content;
    const areJudgements = answer.changes.every(
      (each: unknown) => typeof each === 'object' && each !== null && 'material' in each,
    );
    if (!areJudgements) return content;
    return JSON.stringify({ ...answer, changes: answer.changes.map(map) });
  } catch {
    return content;
  }
}
