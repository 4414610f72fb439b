import { describe, expect, it } from '@jest/globals';
import { termsOf } from '#shared/workflows/answer-questions/terms.ts';

describe('termsOf', () => {
  it.each([
    ['The backups of Zürich', ['backup', 'zurich']],
    ['4,210 wagons in 2025', ['4210', 'wagon', '2025']],
    ['policies and status', ['policy', 'status']],
    ['who is it', ['who', 'is', 'it']],
  ])('reads %s', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  it('cuts a script without spaces into words', () => {
    expect(termsOf('東京の人口は何人ですか')).toContain('東京');
  });
});
