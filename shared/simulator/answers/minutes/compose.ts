import type { WrittenPrompt } from '#shared/workflows/prompt.ts';

/** Answers `minutes.compose`: what was decided first, then the first of the rest, word by word. */
export function answerMinutesCompose(prompt: WrittenPrompt): unknown {
  const notes = (prompt.sections['notes'] ?? []).map(({ tag, text }) => {
    const [id = '', kind = '', topic = ''] = tag.split(' ');
    return { id, kind, topic, text };
  });
  const topics = (prompt.sections['topics'] ?? []).flatMap(({ tag }) => {
    const own = notes.filter(({ topic }) => topic === tag);
    const chosen = [
      ...own.filter(({ kind }) => kind === 'decision'),
      ...own.filter(({ kind }) => kind === 'point'),
      ...own.filter(({ kind }) => kind === 'question'),
      ...own.filter(({ kind }) => kind === 'action'),
    ].slice(0, 3);
    if (chosen.length === 0) return [];
    return [
      {
        id: tag,
        summary: chosen.map(({ text }) => text).join(' '),
        from: chosen.map(({ id }) => id),
      },
    ];
  });
  return { topics };
}
