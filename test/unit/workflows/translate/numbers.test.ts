import { describe, expect, it } from '@jest/globals';
import { hasSameNumbers } from '#shared/workflows/translate/numbers.ts';

describe('hasSameNumbers', () => {
  it.each([
    ['costs 1,240.50 EUR', 'kostet 1.240,50 EUR', 'de'],
    ['12,500 people', '12\u202f500 personnes', 'fr'],
    ['12500 people', '12 500 personnes', 'fr'],
    ['at 14:30 on 5/3/2026', 'am 05.03.2026 um 14.30 Uhr', 'de'],
    ['5 March 2026', '2026年3月5日', 'ja'],
    ['in 2025 300 people came', '300 Leute kamen 2025', 'de'],
    ['costs 5 million', '成本500万', 'zh'],
    ['page 12 of 30', 'صفحة ١٢ من ٣٠', 'ar'],
    ['none', 'keine', 'de'],
    ['Section 3.2.1', 'Abschnitt 3.2.1', 'de'],
  ])('takes "%s" and "%s" for the same figures', (source, translation, language) => {
    expect(hasSameNumbers(source, translation, language)).toBe(true);
  });

  it.each([
    ['costs 1,240.50 EUR', 'kostet 1.420,50 EUR', 'de'],
    ['12 and 12', '12', 'de'],
    ['40 percent', '47 Prozent', 'de'],
    ['costs 12', 'kostet', 'de'],
    ['costs', 'kostet 12', 'de'],
    ['5 April', 'am 5.6.', 'de'],
    ['1 million', '1200万', 'zh'],
    ['12', '21', 'de'],
  ])('tells "%s" from "%s"', (source, translation, language) => {
    expect(hasSameNumbers(source, translation, language)).toBe(false);
  });
});
