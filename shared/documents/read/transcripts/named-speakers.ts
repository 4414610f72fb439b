import type { Cue } from './cues.ts';

const spokenBy = /^([\p{L}\p{N}][^:<>\n]{0,59}):\s+(?=\S)/u;
const mostWordsOfName = 6;

/**
 * Zoom and many editors write `Ann Lee: Good morning`. Where nearly all cues of a file begin in this way and the names come back, they
 * are the speakers; a colon here and there stays what it is. Cues whose speaker is known by other means are left alone.
 */
export function withNamedSpeakers(cues: readonly Cue[]): readonly Cue[] {
  if (cues.some(({ speaker }) => speaker !== undefined)) return cues;
  const names = cues.map(({ text }) => nameIn(text));
  const found = names.filter((name) => name !== undefined);
  const isEvery = found.length === cues.length && cues.length > 1;
  const isUsual = found.length * 10 >= cues.length * 6 && new Set(found).size * 2 <= found.length;
  if (!isEvery && !isUsual) return cues;
  return cues.map((cue, index) => {
    const name = names[index];
    if (name === undefined) return cue;
    return { ...cue, speaker: name, text: cue.text.trimStart().replace(spokenBy, '') };
  });
}

function nameIn(text: string): string | undefined {
  const name = spokenBy.exec(text.trimStart())?.[1]?.trim();
  return name !== undefined && name.split(/\s+/).length <= mostWordsOfName ? name : undefined;
}
