import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { settingVariants } from '../../infra/variants.ts';
import { generatedParts, withGeneratedParts } from '../../scripts/generated-parts.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('a page', () => {
  it.each(Object.entries(generatedParts))(
    '%s is what its code makes (npm run docs)',
    (path, parts) => {
      const page = read(path);
      expect(withGeneratedParts(page, parts)).toBe(page);
    },
  );

  it('explains every setting of a deployment', () => {
    const page = read('docs/deploy.md');
    const missing = Object.keys(settingVariants).filter((name) => !page.includes(`| \`${name}\``));
    expect(missing).toEqual([]);
  });

  it('names no test that is not there', () => {
    const named = read('SECURITY.md').match(/test\/[\w/-]+(\.test)?\.ts/g) ?? [];
    expect(named.length).toBeGreaterThan(5);
    for (const path of new Set(named)) expect(() => read(path)).not.toThrow();
  });
});
