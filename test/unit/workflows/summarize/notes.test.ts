import { describe, expect, it } from '@jest/globals';
import { chunkDocuments } from '#shared/documents/chunk.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { notesStage } from '#shared/workflows/summarize/notes.ts';
import { SummarizeParams } from '#shared/workflows/summarize/params.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';
import { stageContextOf } from '../../../support/stage-context.ts';

async function promptOf(name: string, content: string): Promise<string> {
  const document = await readDocument(sourceFile(name, content), DocumentFormat.options);
  const [call] = notesStage.plan({
    ...stageContextOf({ params: SummarizeParams.parse({}), documents: [document] }),
    round: 0,
    chunks: chunkDocuments([document], { maxTokens: 4_000 }),
    previous: undefined,
  });
  return call?.messages.map(({ content: text }) => text).join('\n') ?? '';
}

describe('the call for notes', () => {
  it('says who speaks, once for each turn', async () => {
    const cue = (second: number, speaker: string, text: string) =>
      `00:0${second}.000 --> 00:0${second}.900\n<v ${speaker}>${text}`;
    const cues = [
      cue(1, 'Anna', 'We open at nine.'),
      cue(2, 'Anna', 'Or at ten.'),
      cue(3, 'Ben', 'At ten.'),
    ];

    const prompt = await promptOf('talk.vtt', `WEBVTT\n\n${cues.join('\n\n')}\n`);

    const lines = prompt.split('\n').filter((line) => /^\[(?:author|d1)/.test(line));
    expect(lines).toEqual([
      '[author] Anna',
      '[d1.u1 cue] We open at nine.',
      '[d1.u2 cue] Or at ten.',
      '[author] Ben',
      '[d1.u3 cue] At ten.',
    ]);
  });
});
