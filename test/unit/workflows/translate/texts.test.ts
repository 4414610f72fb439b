import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFileNames } from '#shared/workflows/translate/file-names.ts';
import { hasTerm, termsIn } from '#shared/workflows/translate/glossary.ts';
import { decodeLines, encodeLines } from '#shared/workflows/translate/line-marks.ts';
import { countExact, placeholdersIn, urlsIn } from '#shared/workflows/translate/protected-texts.ts';
import { createSheetNames } from '#shared/workflows/translate/sheet-names.ts';

/** A template string would take it for its own. */
const dollar = '$';

const pair = (term: string, translation = '-') => ({ term, translation, isCaseSensitive: false });

describe('line marks', () => {
  it('show line breaks as tags behind those of the segment', () => {
    expect(encodeLines(' <x1/>one\n  two <g2>three</g2>\nfour ')).toBe(
      '<x1/>one<x3/>two <g2>three</g2><x4/>four',
    );
  });

  it('come back as they were, with the white space around', () => {
    const text = fc.stringMatching(/^[ \n]{0,3}(?:[ab<>&]|<x1\/>|\n| \n ){0,12}[ \n]{0,3}$/);
    fc.assert(
      fc.property(text, (source) => {
        fc.pre(source.trim() !== '');
        expect(decodeLines(encodeLines(source), source)).toBe(source);
      }),
    );
  });
});

describe('protected texts', () => {
  it('finds placeholders of all kinds', () => {
    expect(
      placeholdersIn(`{{a}} ${dollar}{b} [[c]] {d} %s %1$s %(e)s <f/> and 5 % so, {not this one}`),
    ).toEqual(['{{a}}', `${dollar}{b}`, '[[c]]', '{d}', '%s', '%1$s', '%(e)s', '<f/>']);
  });

  it('finds addresses without the signs around them', () => {
    expect(urlsIn('See https://a.example/b?c=1, www.d.example. (mail e.f@g.example)')).toEqual([
      'https://a.example/b?c=1',
      'www.d.example',
      'e.f@g.example',
    ]);
  });

  it('counts words of their own only, but in scripts without spaces', () => {
    expect(countExact('Acme, Acmes and Acme', 'Acme')).toBe(2);
    expect(countExact('在北港的', '北港')).toBe(1);
  });
});

describe('glossary', () => {
  it('takes the longer term where one is within another', () => {
    const pairs = [pair('service agreement'), pair('agreement')];

    expect(termsIn('Two service agreements', pairs)).toEqual([pairs[0]]);
    expect(termsIn('An agreement on a service agreement', pairs)).toEqual(pairs);
    expect(termsIn('Disagreement', pairs)).toEqual([]);
  });

  it('finds a term of several words inflected, in one piece', () => {
    const term = pair('annual report', 'rapport annuel');

    expect(hasTerm('Les rapports annuels sont là', term)).toBe(true);
    expect(hasTerm('Le rapport du bilan annuel', term)).toBe(false);
  });
});

describe('file names', () => {
  it('hold the language before the extension, each once', () => {
    const nameOf = createFileNames();

    expect(nameOf('a.b.docx', 'docx', 'pt-BR')).toBe('a.b.pt-BR.docx');
    expect(nameOf('a.b.docx', 'docx', 'pt-BR')).toBe('a.b-2.pt-BR.docx');
    expect(nameOf('README', 'markdown', 'de')).toBe('README.de.md');
    expect(nameOf('../x.md', 'markdown', 'de')).toBe('..-x.de.md');
  });
});

describe('names of sheets', () => {
  it('are cut, cleaned and made different', () => {
    const name = createSheetNames();
    const final = (text: string) =>
      name({ id: 'd1.s1' as never, state: 'translated', text, faults: [] });

    expect(final('Kosten').text).toBe('Kosten');
    expect(final('kosten')).toMatchObject({
      text: 'kosten (2)',
      faults: [{ kind: 'length', action: 'repaired-by-code' }],
    });
    expect(final('Ein/sehr: langer Name für ein Blatt').text).toBe(
      'Ein sehr langer Name für ein Bl',
    );
  });
});
