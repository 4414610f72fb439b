import { describe, expect, it } from '@jest/globals';
import { countWords, guessLanguage } from '#shared/workflows/language.ts';

describe('guessLanguage', () => {
  it.each([
    { language: 'en', text: 'The costs of the project are higher than they were a year ago.' },
    {
      language: 'de',
      text: 'Die Kosten des Projekts sind höher als im Vorjahr und werden nicht sinken.',
    },
    {
      language: 'fr',
      text: 'Les coûts du projet sont plus élevés que dans la période des années.',
    },
    {
      language: 'es',
      text: 'Los costes del proyecto son más altos que el año anterior y no bajan.',
    },
    { language: 'en', text: '12 | 14 | 16' },
  ])('takes “$text” for $language', ({ language, text }) => {
    expect(guessLanguage(text)).toBe(language);
  });
});

describe('countWords', () => {
  it('does not count marks that stand alone', () => {
    expect(countWords('Costs – as expected – rose by 4 % .')).toBe(6);
  });
});
