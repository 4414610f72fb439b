import { describe, expect, it } from '@jest/globals';
import { unsupportedFigures } from '#shared/workflows/figures.ts';

describe('unsupportedFigures', () => {
  it.each([
    { name: 'the same figure', claim: 'It cost 12.5 million.', source: 'A cost of 12.5 million' },
    { name: 'other separators', claim: 'Es sind 1.240,5 t.', source: 'A total of 1,240.5 t' },
    { name: 'a space as separator', claim: '4,200,000 tonnes', source: '4 200 000 tonnes' },
    { name: 'a year beside a count', claim: '300 units in 2025', source: 'in 2025 300 units' },
    { name: 'leading zeros', claim: 'on 1 May', source: 'on 01 May' },
    { name: 'no figures at all', claim: 'Costs rose.', source: '' },
    { name: 'a date in another form', claim: '31.03.2026', source: 'Due 2026-03-31.' },
  ])('accepts $name', ({ claim, source }) => {
    expect(unsupportedFigures(claim, [source])).toEqual([]);
  });

  it.each([
    {
      name: 'a figure of its own',
      claim: 'It cost 13 million.',
      source: '12.5 million',
      wrong: ['13'],
    },
    { name: 'part of a figure', claim: '12 wagons', source: '120 wagons', wrong: ['12'] },
    { name: 'a whole of a fraction', claim: '12 million', source: '12.5 million', wrong: ['12'] },
    { name: 'a sum', claim: '5 in all', source: '2 here and 3 there', wrong: ['5'] },
  ])('names $name', ({ claim, source, wrong }) => {
    expect(unsupportedFigures(claim, [source])).toEqual(wrong);
  });
});
