import type { WrittenPrompt } from '#shared/workflows/prompt.ts';
import { readChanges, type ShownChange } from './changes.ts';

const maxPoints = 9;

/** Answers `compare-contracts.memo`: the changes of most risk in the words of their judgements. */
export function answerMemo(prompt: WrittenPrompt): unknown {
  const changes = readChanges(prompt.sections['changes'] ?? []);
  const high = changes.filter(({ remark }) => remark === 'high');
  const shown = [...high, ...changes.filter((change) => !high.includes(change))].slice(
    0,
    Math.max(maxPoints, high.length),
  );
  const [first] = shown;
  return {
    headline: {
      text: first === undefined ? 'Nothing material has changed.' : first.title,
      from: first === undefined ? [] : [first.id],
    },
    points: shown.slice(0, 60).map(({ id, title }: ShownChange) => ({ text: title, from: [id] })),
  };
}
