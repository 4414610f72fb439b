import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '#shared/domain/errors.ts';
import { linesOf, readNamed } from '../../../support/read-transcript.ts';

const json = (value: unknown) => readNamed('meeting.json', JSON.stringify(value));

describe('a transcript in JSON', () => {
  const word = (content: string, start: string, more = {}) => ({
    type: 'pronunciation',
    start_time: start,
    end_time: `${start}5`,
    alternatives: [{ confidence: '0.9', content }],
    ...more,
  });
  const mark = (content: string) => ({ type: 'punctuation', alternatives: [{ content }] });
  const transcripts = [{ transcript: 'Hello all. Yes.' }];

  it('of Amazon Transcribe is read by its segments', async () => {
    const document = await json({
      jobName: 'a',
      results: {
        transcripts,
        items: [],
        audio_segments: [
          {
            id: 0,
            transcript: 'Hello all.',
            start_time: '4.87',
            end_time: '6.88',
            speaker_label: 'spk_0',
          },
          {
            id: 1,
            transcript: 'Yes.',
            start_time: '8.49',
            end_time: '9.24',
            speaker_label: 'spk_1',
          },
        ],
      },
    });

    expect(linesOf(document)).toEqual(['1 4870-6880 spk_0: Hello all.', '2 8490-9240 spk_1: Yes.']);
  });

  it('of an older Amazon Transcribe is put together from words, by speakers and sentences', async () => {
    const items = [
      word('Hello', '0.1'),
      mark(','),
      word('all', '0.2'),
      mark('.'),
      word('Yes', '0.3'),
      word('No', '0.4'),
    ];
    const speaker_labels = {
      segments: [
        { speaker_label: 'spk_0', items: [{ start_time: '0.1', speaker_label: 'spk_0' }] },
        { speaker_label: 'spk_0', items: [{ start_time: '0.2', speaker_label: 'spk_0' }] },
        { speaker_label: 'spk_0', items: [{ start_time: '0.3', speaker_label: 'spk_0' }] },
        { speaker_label: 'spk_1', items: [{ start_time: '0.4', speaker_label: 'spk_1' }] },
      ],
    };

    expect(linesOf(await json({ results: { transcripts, items, speaker_labels } }))).toEqual([
      '1 100-250 spk_0: Hello, all.',
      '2 300-350 spk_0: Yes',
      '3 400-450 spk_1: No',
    ]);
    expect(linesOf(await json({ results: { transcripts } }))).toEqual(['1 ?-? ?: Hello all. Yes.']);
  });

  it('of Microsoft Teams and Graph is read with the offsets as written', async () => {
    const teams = await json({
      version: '1.0.0',
      type: 'Transcript',
      entries: [
        {
          id: 'a/1',
          text: 'Hi.',
          speakerId: 'x@y',
          speakerDisplayName: 'Ann',
          startOffset: '00:00:07.0033780',
          endOffset: '00:00:20.8033780',
        },
        {
          id: 'a/2',
          text: '',
          speakerDisplayName: 'Bo',
          startOffset: '00:00:21',
          endOffset: '00:00:22',
        },
      ],
      events: [{ eventType: 'CallStarted', userDisplayName: 'Ann' }],
    });
    const graph = await json([
      {
        startDateTime: '2024-02-29T23:59:59.5Z',
        endDateTime: '2024-03-01T00:00:01Z',
        speakerName: 'Ann',
        spokenText: 'Hi.',
      },
      {
        startDateTime: '2024-03-01T01:00:02+01:00',
        endDateTime: '2024-03-01T00:00:03Z',
        speakerName: 'Bo',
        spokenText: 'Ho.',
      },
    ]);

    expect(linesOf(teams)).toEqual(['1 7003-20803 Ann: Hi.']);
    expect(teams.warnings).toEqual([]);
    expect(linesOf(graph)).toEqual(['1 0-1500 Ann: Hi.', '2 2500-3500 Bo: Ho.']);
  });

  it.each<readonly [what: string, value: unknown]>([
    ['plain', [{ speaker: 'Ann', start: 1, end: 2.5, text: 'Hi.' }]],
    [
      'Whisper',
      { text: 'Hi.', segments: [{ id: 0, start: 1, end: 2.5, text: ' Hi.', speaker: 'Ann' }] },
    ],
    ['AssemblyAI', { utterances: [{ speaker: 'Ann', start: 1_000, end: 2_500, text: 'Hi.' }] }],
    [
      'Call Analytics',
      {
        Transcript: [
          {
            ParticipantRole: 'Ann',
            BeginOffsetMillis: 1_000,
            EndOffsetMillis: 2_500,
            Content: 'Hi.',
          },
        ],
      },
    ],
    [
      'Zoom',
      {
        transcript_list: [
          { username: 'Ann', ts: '00:00:01.000', end_ts: '00:00:02.500', text: 'Hi.' },
        ],
      },
    ],
    [
      'Gong',
      {
        callTranscripts: [
          {
            transcript: [
              { speakerId: 'Ann', sentences: [{ start: 1_000, end: 2_500, text: 'Hi.' }] },
            ],
          },
        ],
      },
    ],
    [
      'durations',
      {
        data: {
          captions: [{ author: { name: 'Ann' }, begin: 'PT1S', end: 'PT2.5S', caption: 'Hi.' }],
        },
      },
    ],
  ])('of the usual names is read: %s', async (_, value) => {
    expect(linesOf(await json(value))).toEqual(['1 1000-2500 Ann: Hi.']);
  });

  it('counts entries without a text', async () => {
    const document = await json([{ text: 'Hi.' }, { speaker: 'Bo' }, { text: 'Ho.' }]);

    expect(linesOf(document)).toEqual(['1 ?-? ?: Hi.', '3 ?-? ?: Ho.']);
    expect(document.warnings).toMatchObject([{ code: 'malformed', count: 1 }]);
  });

  it.each<readonly [what: string, content: string, code: ErrorCode]>([
    ['of another form', '{"timeline":[{"ts":"00:00:01","users":[]}]}', 'unsupported_format'],
    ['of a single text', '"hello"', 'unsupported_format'],
    ['that is cut off', '[{"text": "Hi', 'corrupt_file'],
    ['without a cue', '{"results":{"transcripts":[{"transcript":""}]}}', 'empty_file'],
  ])('%s is refused', async (_, content, code) => {
    await expect(readNamed('a.json', content)).rejects.toMatchObject({ code });
  });
});
