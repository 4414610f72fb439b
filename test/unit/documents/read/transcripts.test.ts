import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Document } from '#shared/domain/document.ts';
import { linesOf, readNamed } from '../../../support/read-transcript.ts';

interface AnyCue {
  readonly words: readonly string[];
  readonly voice: string | null;
  readonly hasId: boolean;
  readonly tag: string;
}

/** Every second cue has its words on a line each. */
function blockOf({ words, voice, hasId, tag }: AnyCue, index: number): string {
  const text = words.join(index % 2 === 0 ? ' ' : '\n');
  const tagged = tag === '' ? text : `<${tag}>${text}</${tag.replace(/[. ].*/, '')}>`;
  const spoken = voice === null ? tagged : `<v ${voice}>${tagged}`;
  const id = hasId ? `${index}\n` : '';
  return `${id}00:${index + 10}.000 --> 00:${index + 11}.000\n${spoken}\n`;
}

describe('WebVTT', () => {
  it('becomes a unit for each cue, with speaker and times and without markup', async () => {
    const document = await readNamed(
      'a.vtt',
      [
        '\ufeffWEBVTT - Board meeting',
        'Kind: captions',
        '',
        'STYLE\n::cue { color: lime }',
        '',
        'REGION\nid:fred',
        '',
        'NOTE Checked by Ann',
        '',
        'NOTE Confidence: 0.91',
        '',
        'intro',
        '00:01.000 --> 00:02.500 align:right size:50%',
        '<v.loud Ann &amp; Bo>Good <i.x>morning</i>,',
        'everyone &lt;here&gt; &eacute;.</v>',
        '',
        '1:00:03.000 --> 01:00:04.000',
        '<v Ann>Yes.</v> <v Cy>No.</v>',
        '',
        '01:00:05.000 --> 01:00:06.000',
        '<00:00:05.100><c>one</c> <00:00:05.400><c>two</c> a < b <lang en>and</lang> x<y',
        '',
        '01:00:07.000 --> 01:00:08.000',
        '',
      ].join('\r\n'),
    );

    expect(linesOf(document)).toEqual([
      '1 1000-2500 Ann & Bo: Good morning, everyone <here> é.',
      '2 3603000-3604000 Ann: Yes.',
      '2 3603000-3604000 Cy: No.',
      '3 3605000-3606000 ?: one two a < b and x<y',
    ]);
    expect(document.title).toBe('Board meeting');
    expect(document.hidden.map(({ text }) => text)).toEqual(['Kind: captions', 'Checked by Ann']);
    expect(document.warnings).toMatchObject([
      { code: 'hidden-text', count: 2 },
      { code: 'unsupported-part', count: 3 },
    ]);
  });

  it('that is malformed keeps its text and says how often', async () => {
    const document = await readNamed(
      'a.vtt',
      [
        'WEBVTT',
        '',
        'Loose text',
        '',
        '00:01.000 --> soon',
        'No end',
        '00:03.000 --> 00:02.000',
        'Backwards',
        '',
        'After a blank line',
      ].join('\n'),
    );

    expect(linesOf(document)).toEqual([
      '1 ?-? ?: Loose text',
      '1 1000-? ?: No end',
      '2 3000-? ?: Backwards',
      '2 ?-? ?: After a blank line',
    ]);
    expect(document.warnings).toMatchObject([{ code: 'malformed', count: 4 }]);
  });

  it('of Zoom names the speaker before the text', async () => {
    const cue = (index: number, text: string) =>
      `${index}\n00:00:0${index}.000 --> 00:00:0${index}.900\n${text}\n`;
    const zoom = await readNamed(
      'a.vtt',
      `WEBVTT\n\n${cue(1, 'Ann Lee: Hello: all.')}\n${cue(2, 'Bo: Hi.')}\n${cue(3, 'Ann Lee: Well.')}\n`,
    );
    const colon = await readNamed(
      'b.vtt',
      `WEBVTT\n\n${cue(1, 'One thing: go on.')}\n${cue(2, 'I say')}\n${cue(3, 'to you')}\n`,
    );

    expect(linesOf(zoom)).toEqual([
      '1 1000-1900 Ann Lee: Hello: all.',
      '2 2000-2900 Bo: Hi.',
      '3 3000-3900 Ann Lee: Well.',
    ]);
    expect(colon.units[0]).toMatchObject({ text: 'One thing: go on.' });
    expect(colon.units[0]?.author).toBeUndefined();
  });

  it('of Microsoft Graph holds an object for each cue', async () => {
    const entry = JSON.stringify({
      speakerName: 'Ann',
      spokenText: 'A <b>test',
      spokenLanguage: 'en',
    });
    const document = await readNamed(
      'a.vtt',
      `WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n${entry}\n\n00:18.000 --> 00:19.000\n{"not": "it"}\n`,
    );

    expect(linesOf(document)).toEqual([
      '1 16246-17726 Ann: A <b>test',
      '2 18000-19000 ?: {"not": "it"}',
    ]);
  });

  it('gives every word of its cues to exactly one unit, however it is written', async () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const cue = fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 6 }),
      voice: fc.option(word),
      hasId: fc.boolean(),
      tag: fc.constantFrom('', 'i', 'c.loud', 'lang en'),
    });
    const property = fc.asyncProperty(
      fc.array(cue, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      async (cues, end) => {
        const blocks = cues.map(blockOf);
        const document = await readNamed(
          'a.vtt',
          `WEBVTT\n\n${blocks.join('\n')}`.replaceAll('\n', end),
        );
        expect(document.units.map(({ text, author }) => [text, author ?? null])).toEqual(
          cues.map(({ words, voice }) => [words.join(' '), voice]),
        );
        expect(document.units.map(({ locator }) => locator)).toMatchObject(
          cues.map((_, index) => ({ cue: index + 1, startInMs: (index + 10) * 1_000 })),
        );
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });
});

describe('SubRip', () => {
  it('is read as tolerantly as players do', async () => {
    const document = await readNamed(
      'a.srt',
      [
        '\ufeff1',
        '00:00:01,000 --> 00:00:02,500  X1:10 X2:20',
        '{\\an8}<font color="#fff">One</font>',
        '<i>more</i> line',
        '',
        '00:00:03.000 --> 00:00:04.000',
        'No number',
        '3',
        '00:00:05:250 --> 00:00:06:000',
        'No blank line before',
        '',
        '4',
        '',
        '00:00:07,000 --> 00:00:08,000',
        '1984',
        '',
        'Behind a blank line',
      ].join('\r\n'),
    );

    expect(linesOf(document)).toEqual([
      '1 1000-2500 ?: One more line',
      '2 3000-4000 ?: No number',
      '3 5250-6000 ?: No blank line before',
      '4 7000-8000 ?: 1984',
      '4 ?-? ?: Behind a blank line',
    ]);
    expect(document.warnings).toMatchObject([{ code: 'malformed', count: 1 }]);
  });
});

const corpus = '../shared/corpus/docling';
const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith('.vtt')) : [];
const itWithCorpus = files.length === 0 ? it.skip : it;

describe(`WebVTT files of a public test suite${files.length === 0 ? ' (skipped: the corpus is absent)' : ''}`, () => {
  itWithCorpus(
    'give a unit for each timing line, with the words that another project expects',
    async () => {
      for (const name of files) {
        const bytes = new Uint8Array(readFileSync(`${corpus}/${name}`));
        const document = Document.parse(await readNamed(name, bytes));
        const source = Buffer.from(bytes).toString();
        expect(document.units.length).toBe(source.match(/-->/g)?.length);
        expect(document.warnings.filter(({ code }) => code === 'malformed')).toEqual([]);
        const expected = `${corpus}/${name}.md`;
        if (!existsSync(expected)) continue;
        const words = wordsOf(readFileSync(expected, 'utf8').replace(/<!--.*?-->|[_*#]/g, ''));
        const found = new Set(
          document.units.flatMap(({ text, author = '' }) => wordsOf(`${author} ${text}`)),
        );
        expect(words.filter((word) => !found.has(word))).toEqual([]);
      }
    },
  );
});

function wordsOf(text: string): string[] {
  return (text.match(/\p{L}{2,}/gu) ?? []).map(String);
}
