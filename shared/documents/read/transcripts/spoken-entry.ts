import type { VoiceText } from './cue-text.ts';

/**
 * A cue of the time-aligned metadata of Microsoft Graph (`callTranscript: metadataContent`): a JSON object with `spokenText` and
 * `speakerName`. `undefined` for any other text.
 */
export function spokenEntry(payload: string): VoiceText | undefined {
  if (!payload.startsWith('{') || !payload.includes('"spokenText"')) return undefined;
  const entry = parse(payload);
  if (typeof entry !== 'object' || entry === null || !('spokenText' in entry)) return undefined;
  if (typeof entry.spokenText !== 'string') return undefined;
  const name = 'speakerName' in entry ? entry.speakerName : undefined;
  return { text: entry.spokenText, ...(typeof name === 'string' ? { voice: name } : {}) };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
