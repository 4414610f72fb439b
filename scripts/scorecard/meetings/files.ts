import { writeDocx } from '#shared/documents/write/docx.ts';
import type { Line, Meeting } from './meeting.ts';

export const transcriptFormats = ['vtt', 'srt', 'txt', 'docx', 'teams', 'zoom', 'amazon'] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

/** The meeting as a file of a format. A sentence of a VTT is shared out over two cues, as recognition does it. */
export async function meetingFile(
  meeting: Meeting,
  format: TranscriptFormat,
): Promise<{ name: string; bytes: Uint8Array }> {
  const { lines } = meeting;
  switch (format) {
    case 'vtt':
      return file('meeting.vtt', `WEBVTT\n\n${lines.flatMap(halves).map(vttCue).join('\n\n')}\n`);
    case 'srt':
      return file('meeting.srt', lines.map(srtCue).join('\n\n'));
    case 'txt':
      return file(
        'meeting.txt',
        lines.map((line) => `[${clock(line.startInMs)}] ${line.speaker}: ${line.text}`).join('\n'),
      );
    case 'docx':
      return { name: 'meeting.docx', bytes: await docxOf(lines) };
    case 'teams':
      return file(
        'meeting.json',
        JSON.stringify({ version: '1.0.0', entries: lines.map(teamsEntry) }),
      );
    case 'zoom':
      return file(
        'meeting.json',
        JSON.stringify(
          lines.map(({ speaker, text, startInMs, endInMs }) => ({
            username: speaker,
            text,
            ts: clock(startInMs),
            end_ts: clock(endInMs),
          })),
        ),
      );
    case 'amazon':
      return file('meeting.json', JSON.stringify(amazonJob(lines)));
  }
}

function file(name: string, text: string) {
  return { name, bytes: new TextEncoder().encode(text) };
}

function halves(line: Line): Line[] {
  const words = line.text.split(' ');
  if (words.length < 8) return [line];
  const middle = Math.ceil(words.length / 2);
  const cutInMs = (line.startInMs + line.endInMs) / 2;
  return [
    { ...line, text: words.slice(0, middle).join(' '), endInMs: cutInMs },
    { ...line, text: words.slice(middle).join(' '), startInMs: cutInMs },
  ];
}

function vttCue({ speaker, text, startInMs, endInMs }: Line): string {
  return `${clock(startInMs)}.000 --> ${clock(endInMs)}.900\n<v ${speaker}>${text}</v>`;
}

function srtCue({ speaker, text, startInMs, endInMs }: Line, index: number): string {
  return `${index + 1}\n${clock(startInMs)},000 --> ${clock(endInMs)},900\n${speaker}: ${text}`;
}

function teamsEntry({ speaker, text, startInMs, endInMs }: Line) {
  return {
    speakerDisplayName: speaker,
    text,
    startOffset: `${clock(startInMs)}.0000000`,
    endOffset: `${clock(endInMs)}.0000000`,
  };
}

function amazonJob(lines: readonly Line[]) {
  return {
    jobName: 'meeting',
    results: {
      transcripts: [{ transcript: lines.map(({ text }) => text).join(' ') }],
      audio_segments: lines.map(({ speaker, text, startInMs, endInMs }, id) => ({
        id,
        transcript: text,
        start_time: String(startInMs / 1_000),
        end_time: String(endInMs / 1_000),
        speaker_label: speaker,
      })),
    },
  };
}

async function docxOf(lines: readonly Line[]): Promise<Uint8Array> {
  const report = {
    title: 'Transcript',
    language: 'en',
    blocks: lines.map(({ speaker, text, startInMs }) => ({
      kind: 'paragraph' as const,
      runs: [{ text: `${speaker} [${clock(startInMs)}]: `, isBold: true }, { text }],
    })),
    colophon: [],
  };
  return writeDocx(report, []);
}

function clock(timeInMs: number): string {
  const seconds = Math.floor(timeInMs / 1_000);
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
