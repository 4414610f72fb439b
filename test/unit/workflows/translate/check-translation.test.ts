import { describe, expect, it } from '@jest/globals';
import {
  faultsOf,
  hasSameTags,
  type Original,
} from '#shared/workflows/translate/check-translation.ts';

const original = (text: string, own: Partial<Original> = {}): Original => ({
  text,
  source: 'en',
  language: 'de',
  terms: [],
  kept: [],
  ...own,
});
const contract = {
  term: 'service agreement',
  translation: 'Dienstleistungsvertrag',
  isCaseSensitive: false,
};

describe('faultsOf', () => {
  it.each([
    ['Costs rose by 4 %.', 'Die Kosten stiegen um 4 %.'],
    ['Dear {name}, see https://a.example/b.', 'Hallo {name}, siehe https://a.example/b.'],
    ['<g1>Total</g1> costs<x2/>of all', 'Kosten <g1>insgesamt</g1><x2/>aller'],
    ['Berlin', 'Berlin'],
    ['R&amp;D costs', 'F&amp;E-Kosten'],
  ])('finds none in "%s" as "%s"', (text, translation) => {
    expect(faultsOf(original(text), translation)).toEqual([]);
  });

  it.each([
    ['Costs rose by 4 %.', 'Die Kosten stiegen um 5 %.', ['numbers']],
    ['Dear {name}', 'Hallo {Name}', ['placeholders']],
    ['Write to a@b.example today', 'Schreiben Sie heute an a@c.example', ['urls']],
    ['<g1>Total</g1> costs', 'Kosten <g1>insgesamt', ['tags']],
    ['<g1>Total</g1> costs', '<g2>Kosten</g2> insgesamt', ['tags']],
    ['a<x1/>b<x2/>c', 'a<x2/>b<x1/>c', ['tags']],
    ['Costs of the year', '   ', ['missing']],
    ['This is the end of the line', 'This is the end of the line', ['untranslated']],
    ['This is the end of the line', 'this is  the end of the line!', ['untranslated']],
    [
      'It is said that the costs of the year were higher than those of the year before',
      'It is said that the Kosten of the Jahr were höher than those of the Vorjahr',
      ['language'],
    ],
    ['The costs of the whole year', 'Ja', ['length']],
  ])('finds in "%s" as "%s" the faults %j', (text, translation, faults) => {
    expect(faultsOf(original(text), translation)).toEqual(faults);
  });

  it.each([
    ['Der Dienstleistungsvertrag endet.', []],
    ['Die Dienstleistungsverträge enden.', []],
    ['Das Ende des Dienstleistungsvertrags.', []],
    ['Die Vereinbarung endet.', ['glossary']],
  ])('wants the term of the glossary, inflected or not: "%s" has %j', (translation, faults) => {
    expect(
      faultsOf(original('The service agreement ends.', { terms: [contract] }), translation),
    ).toEqual(faults);
  });

  it('wants what is not to be translated as often as the source has it', () => {
    const acme = original('Acme Rail pays Acme Rail', { kept: ['Acme Rail'] });

    expect(faultsOf(acme, 'Acme Rail zahlt an Acme Rail')).toEqual([]);
    expect(faultsOf(acme, 'Acme Rail zahlt an Acme Bahn')).toEqual(['do-not-translate']);
    expect(faultsOf(acme, 'ACME RAIL zahlt an Acme Rail')).toEqual(['do-not-translate']);
  });

  it('asks for no other words between two forms of a language', () => {
    const text = 'This is the end of the line';

    expect(faultsOf(original(text, { language: 'en-GB' }), text)).toEqual([]);
  });
});

describe('hasSameTags', () => {
  it('lets groups change places, and nothing leave the group that it is in', () => {
    const source = '<g1>a<x2/></g1> b <g3>c</g3>';

    expect(hasSameTags(source, '<g3>c</g3> b <g1>a<x2/></g1>')).toBe(true);
    expect(hasSameTags(source, '<g3>c</g3> b <g1>a</g1><x2/>')).toBe(false);
    expect(hasSameTags(source, '<g1>a<x2/> b <g3>c</g1></g3>')).toBe(false);
    expect(hasSameTags(source, '<g1>a<x2/></g1> b <g3>c</g3><x4/>')).toBe(false);
  });
});
