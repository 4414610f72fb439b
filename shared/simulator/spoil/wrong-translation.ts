import { readPrompt } from '#shared/workflows/prompt.ts';

/** Of each translated text that has tags, one is taken away. Any answer but a translation stays as it is. */
export function breakTags(content: string): string {
  return changeTexts(content, (text) => text.replace(/<\/g\d+>|<x\d+\/>/, ''));
}

/** Every term of the glossary that the question gives is translated otherwise. */
export function wrongTerm(
  content: string,
  messages: readonly { readonly role: string; readonly content: string }[],
): string {
  const lines = readPrompt(messages)?.sections['glossary'] ?? [];
  const translations = lines.map(({ text }) => text.split(' => ')[1] ?? '').filter(Boolean);
  return changeTexts(content, (text) =>
    translations.reduce((said, translation) => said.replaceAll(translation, 'Zwickelwurz'), text),
  );
}

function changeTexts(content: string, change: (text: string) => string): string {
  const answer = parseTranslation(content);
  if (answer === undefined) return content;
  const segments = answer.segments.map((segment) =>
    'text' in segment ? { ...segment, text: change(String(segment.text)) } : segment,
  );
  return JSON.stringify({ ...answer, segments });
}

function parseTranslation(content: string): { segments: object[] } | undefined {
  try {
    const answer: unknown = JSON.parse(content);
    if (typeof answer !== 'object' || answer === null || !('segments' in answer)) return undefined;
    const { segments } = answer;
    const isList = Array.isArray(segments) && segments.every((each) => typeof each === 'object');
    return isList ? { ...answer, segments } : undefined;
  } catch {
    return undefined;
  }
}
