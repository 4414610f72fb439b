import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readDocuments } from '#shared/documents/read-document.ts';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';

/** A part of a message: a text, a file, or other parts. */
interface Part {
  readonly kind: keyof typeof leaves | 'mixed' | 'related' | 'message';
  readonly parts: readonly Part[];
}

type Word = () => string;

const leaves = {
  plain: (word: Word) => [
    ...['Content-Type: text/plain; charset=utf-8', '', `Dear ${word()},`, '', `> ${word()}`],
  ],
  html: (word: Word) => [
    ...['Content-Type: text/html; charset=utf-8', '', `<p>${word()}</p><table><tr><td>${word()}`],
  ],
  encoded: (word: Word) => [
    ...['Content-Type: text/plain', 'Content-Transfer-Encoding: base64', ''],
    Buffer.from(`${word()}\r\n`).toString('base64'),
  ],
  file: (word: Word) => [
    'Content-Type: text/csv; name=table.csv',
    ...['Content-Disposition: attachment; filename=table.csv', '', `a,b`, `${word()},${word()}`],
  ],
  calendar: (word: Word) => [
    ...[`Content-Type: text/calendar; name=${word()}.ics`, '', 'BEGIN:VCALENDAR', 'END:VCALENDAR'],
  ],
  unknown: (word: Word) => [
    `Content-Type: application/octet-stream; name=${word()}.bin`,
    ...['Content-Transfer-Encoding: base64', '', 'AAECAwQFBgcICQ=='],
  ],
  alternatives: (word: Word) => {
    const [both, other] = [word(), word()];
    return [
      ...['Content-Type: multipart/alternative; boundary=either', ''],
      ...['--either', 'Content-Type: text/plain', '', `${both} and ${other}`],
      ...['--either', 'Content-Type: text/html', '', `<p>${both} <i>and</i> ${other}</p>`],
      '--either--',
    ];
  },
};

const { tree } = fc.letrec<{ tree: Part; leaf: Part; node: Part }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('leaf'), tie('node')),
  leaf: fc.record({
    kind: fc.constantFrom(...(Object.keys(leaves) as (keyof typeof leaves)[])),
    parts: fc.constant([]),
  }),
  node: fc.record({
    kind: fc.constantFrom('mixed' as const, 'related' as const, 'message' as const),
    parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
  }),
}));

describe('coverage of an e-mail', () => {
  it('finds every part, however they are nested: in a unit, in an attachment or named in a warning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 4 }), async (parts) => {
        const words: string[] = [];
        const lines = writeMessage({ kind: 'message', parts }, () => {
          words.push(`w${words.length + 1}w`);
          return words.at(-1) ?? '';
        });

        const documents = await readDocuments(
          sourceFile('mail.eml', lines.join('\r\n')),
          DocumentFormat.options,
        );

        expect(documents.flatMap(wordsIn).toSorted()).toEqual(words.toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

let boundaries = 0;

function writeMessage({ parts }: Part, word: Word): string[] {
  const fields = ['From: ann@example.org', `Subject: ${word()}`, 'MIME-Version: 1.0'];
  return [...fields, ...writeMultipart('mixed', parts, word)];
}

function writePart(part: Part, word: Word): string[] {
  if (part.kind === 'message') {
    return ['Content-Type: message/rfc822', '', ...writeMessage(part, word)];
  }
  if (part.kind === 'mixed' || part.kind === 'related') {
    return writeMultipart(part.kind, part.parts, word);
  }
  return leaves[part.kind](word);
}

function writeMultipart(kind: string, parts: readonly Part[], word: Word): string[] {
  boundaries += 1;
  const boundary = `b${boundaries}`;
  return [
    ...[`Content-Type: multipart/${kind}; boundary=${boundary}`, ''],
    ...parts.flatMap((part) => [`--${boundary}`, ...writePart(part, word)]),
    `--${boundary}--`,
  ];
}

/** The subject of a message is its title too. */
function wordsIn({ units, hidden = [], warnings }: Document): string[] {
  const texts = [...units, ...hidden].map(({ text }) => text);
  return [...texts, ...warnings.map(({ message }) => message)].flatMap(
    (text) => text.match(/w\d+w/g) ?? [],
  );
}
