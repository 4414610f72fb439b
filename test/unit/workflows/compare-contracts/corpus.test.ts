import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { redlineDocx } from '#shared/documents/edit/redline.ts';
import { compareDocx, textsOf } from '../../../support/compare-docx.ts';
import { editDocx } from '../../../support/edited-docx.ts';
import { convertToPdf, findSoffice } from '../../../support/soffice.ts';

const corpus = '../shared/corpus';
const names = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.docx$/.test(name) && !/Entity/.test(name))
      .sort()
  : [];
const maxBytes = 100_000;
const soffice = findSoffice();
const itWithCorpus = names.length === 0 ? it.skip : it;
const itWithOffice = names.length === 0 || soffice === undefined ? it.skip : it;
const reasons = [
  ...(names.length === 0 ? ['the corpus is absent'] : []),
  ...(soffice === undefined ? ['soffice is absent'] : []),
].join(', ');
/** Every other one: a file is read six times here. */
const pairs = names
  .filter((_, index) => index % 2 === 0)
  .flatMap((name, index) => {
    const base = new Uint8Array(readFileSync(join(corpus, name)));
    const edited = safely(() => editDocx(base, index + 1));
    if (edited === undefined || base.length > maxBytes) return [];
    return [{ name, base, ...edited, compared: () => compareDocx(base, edited.bytes) }];
  });

describe(`real files and edited versions of them${reasons === '' ? '' : ` (some skipped: ${reasons})`}`, () => {
  itWithCorpus(
    'are redlined so that both texts come out again, long moved clauses as moved',
    () => {
      const unrecognised: string[] = [];
      let moves = 0;
      for (const { name, base, bytes, moved, compared } of pairs) {
        const { rejected, accepted, isLossy, paired } = compared();
        const before = textsOf(base);

        expect([name, rejected]).toEqual([name, before]);
        expect([name, accepted]).toEqual([name, textsOf(bytes)]);
        expect(isLossy).toBe(false);
        const recognised = paired.flatMap(({ base: part, pairs: lines }) =>
          lines.flatMap(({ isMoved, base: at }) => (isMoved ? (part?.lines[at]?.text ?? []) : [])),
        );
        // What stands there twice may be told apart in either way.
        const all = before.join('\n');
        const unique = moved.filter((text) => text.length > 60 && all.split(text).length === 2);
        moves += unique.length;
        // Of clauses that have changed places, some stay and the others move around them.
        const isRecognised = unique.some((text) => recognised.some((each) => each.includes(text)));
        if (unique.length > 0 && !isRecognised) unrecognised.push(name);
      }
      expect(pairs.length).toBeGreaterThan(30);
      expect(moves).toBeGreaterThan(3);
      expect(unrecognised).toEqual([]);
    },
  );

  itWithOffice(
    'give a redline that LibreOffice opens',
    async () => {
      const [pair] = pairs.toSorted((left, right) => right.moved.length - left.moved.length);
      if (pair === undefined || soffice === undefined) throw new Error('Expected a pair.');
      const { instructions } = pair.compared();
      const pdf = await convertToPdf(soffice, redlineDocx(pair.base, instructions));

      expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-');
    },
    120_000,
  );
});

/** Some files of the corpus are damaged on purpose. */
function safely<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
