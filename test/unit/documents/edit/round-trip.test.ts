import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type RoundTrip, roundTrips } from '../../../../scripts/corpus/round-trip.ts';

const corpus = '../shared/corpus';
const isAbsent = !existsSync(corpus);
const itWithCorpus = isAbsent ? it.skip : it;

describe(`Round trip of public Office files${isAbsent ? ' (skipped: the corpus is absent)' : ''}`, () => {
  itWithCorpus(
    'keeps every part and text of every file that is not refused',
    async () => {
      const results: RoundTrip[] = [];
      for await (const { trip } of roundTrips(corpus)) results.push(trip);

      expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
      const refused = results
        .filter(({ outcome }) => outcome !== 'ok')
        .map(({ outcome }) => outcome);
      expect(new Set(refused)).toEqual(
        new Set(['corrupt_file', 'format_mismatch', 'password_protected', 'xml_forbidden']),
      );
      expect(refused.length).toBeLessThan(results.length / 20);
    },
    300_000,
  );
});
