import { createUnitList } from '#shared/documents/unit-list.ts';
import type { Document } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';

/** Lines such as `Anna Meyer: Good morning.` as the cues of a transcript, ten seconds each; without a colon nobody is named. */
export function transcriptOf(
  lines: readonly string[],
  { position = 1, name = 'meeting.vtt' }: { position?: number; name?: string } = {},
): Document {
  const list = createUnitList(documentIdOf(position));
  for (const [index, line] of lines.entries()) {
    const [, author, text] = /^([^:]{1,40}): (.*)$/s.exec(line) ?? [];
    list.add({
      kind: 'cue',
      text: text ?? line,
      ...(author === undefined ? {} : { author }),
      place: {
        kind: 'cue',
        cue: index + 1,
        startInMs: index * 10_000,
        endInMs: (index + 1) * 10_000,
      },
    });
  }
  return {
    id: documentIdOf(position),
    name,
    format: 'vtt',
    sha256: '0'.repeat(64),
    sizeInBytes: lines.join('\n').length,
    units: [...list.units],
    warnings: [],
    changes: [],
    hidden: [],
    attachments: [],
  };
}
