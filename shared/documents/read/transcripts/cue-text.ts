import { parseFragment } from 'parse5';

/** Words of one speaker within a cue; `voice` is set where a tag names the speaker. */
export interface VoiceText {
  readonly voice?: string;
  readonly text: string;
}

const tag = /<(\/?)(v|c|i|b|u|s|ruby|rt|lang|font)((?:[.\s][^<>]*)?)>|<\d{1,6}:[\d:.]{1,20}>/gi;
/** What SRT files carry over from other formats: `{\an8}`, `{i}`. */
const override = /\{(?:\\[^{}]*|\/?[ibus])\}/gi;
const reference = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;

/**
 * The text of a cue without its tags (WebVTT 1.0, section 3.3.3; the HTML-like tags of SRT), cut where another speaker begins. Anything
 * in angle brackets that is no tag of these formats is text.
 */
export function readCueText(payload: string): VoiceText[] {
  const parts: { voice?: string; text: string }[] = [{ text: '' }];
  let at = 0;
  const append = (raw: string) => {
    const last = parts.at(-1);
    if (last !== undefined) last.text += decodeReferences(raw);
  };
  for (const match of payload.matchAll(tag)) {
    append(payload.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2]?.toLowerCase() !== 'v') continue;
    parts.push(match[1] === '/' ? { text: '' } : { voice: voiceOf(match[3] ?? ''), text: '' });
  }
  append(payload.slice(at));
  return joinVoices(parts);
}

/** Text without overrides; only SRT has them. */
export function withoutOverrides(payload: string): string {
  return payload.replace(override, '');
}

/** The annotation, behind the classes. */
function voiceOf(rest: string): string {
  return decodeReferences(rest.replace(/^(?:\.[^\s.]*)*/, '')).trim();
}

/** What stands behind a voice that was closed still belongs to it, unless it is named otherwise. */
function joinVoices(parts: readonly { voice?: string; text: string }[]): VoiceText[] {
  const joined: { voice?: string; text: string }[] = [];
  for (const part of parts) {
    if (part.text.trim() === '') continue;
    const last = joined.at(-1);
    const isSame = part.voice === undefined || part.voice === last?.voice;
    if (last !== undefined && isSame) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}

function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (match) => {
    const [node] = parseFragment(match).childNodes;
    return node !== undefined && 'value' in node ? node.value : match;
  });
}
