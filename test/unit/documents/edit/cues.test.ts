import { describe, expect, it } from '@jest/globals';
import { openSrtForEdit, openVttForEdit } from '#shared/documents/edit/cues.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const vtt =
  '\ufeffWEBVTT - a --> b\r\n\r\nNOTE\r\n00:01.000 --> 00:02.000\r\nno cue\r\n\r\nSTYLE\r\n::cue {}\r\n\r\nintro\r\n00:00:01.000 --> 00:00:02.500 align:start\r\n<v Ann>Hello <i>you</i> &amp;\r\nall<00:01.500> now\r\n\r\n00:03.000 --> 00:04.000\r\n<c.x>Bye</c>';

describe('openVttForEdit', () => {
  const file = openVttForEdit(bytesOf(vtt));

  it('has the texts of the cues, tags as tags', () => {
    expect(file.segments.map(({ id, text, place }) => [id, text, place])).toEqual([
      [
        'cue-1',
        '<x1/>Hello <g2>you</g2> &amp;\nall<x3/> now',
        { kind: 'cue', cue: 1, startInMs: 1_000, endInMs: 2_500 },
      ],
      ['cue-2', '<g1>Bye</g1>', { kind: 'cue', cue: 2, startInMs: 3_000, endInMs: 4_000 }],
    ]);
  });

  it('gives the same bytes for the same texts', () => {
    expect(file.write(new Map(file.segments.map(({ id, text }) => [id, text])))).toEqual(
      bytesOf(vtt),
    );
  });

  it('writes a new text and leaves all else', () => {
    const written = textOf(file.write(new Map([['cue-2', '<g1>Ciao &lt;3\n\n--&gt; tutti</g1>']])));

    expect(written).toBe(vtt.replace('Bye', 'Ciao &lt;3\r\n--&gt; tutti'));
  });

  it.each(['Bye', '<g1>Bye</g1><g1>x</g1>', '<x1/>', '<g1>', '<g2>x</g2>'])(
    'refuses the tags of %s',
    (text) => {
      expect(() => file.write(new Map([['cue-2', text]]))).toThrow(
        expect.objectContaining({ code: 'tags_broken', details: { segmentId: 'cue-2' } }),
      );
    },
  );
});

describe('openSrtForEdit', () => {
  it('keeps numbers, times and an encoding that has the new text, else writes UTF-8', () => {
    const srt =
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Caf\u00e9</i> 2 < 3\n \n2\n00:00:03,000 --> 00:00:04,000\nnext\n';
    const bytes = Uint8Array.from(srt, (character) => character.charCodeAt(0));
    const file = openSrtForEdit(bytes);

    expect(file.segments.map(({ text }) => text)).toEqual(['<x1/><g2>Café</g2> 2 &lt; 3', 'next']);
    expect(file.write(new Map([['cue-2', 'né']]))).toEqual(
      Uint8Array.from(srt.replace('next', 'n\u00e9'), (character) => character.charCodeAt(0)),
    );
    expect(textOf(file.write(new Map([['cue-2', '契約']])))).toBe(
      `\ufeff${srt.replace('next', '契約')}`,
    );
  });
});
