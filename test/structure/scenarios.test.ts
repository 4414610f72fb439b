import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { scenarios } from '../scenarios/all.ts';
import { capabilities, capabilityTable } from '../support/scenarios/capabilities.ts';

const page = new URL('../../docs/testing-deployment.md', import.meta.url);

describe('the table of scenarios', () => {
  it('names every scenario once', () => {
    const names = scenarios.map(({ name }) => name);

    expect([...names].sort()).toEqual(Object.keys(capabilities).sort());
  });

  it('stands in docs/testing-deployment.md as it is', async () => {
    const text = (await readFile(page, 'utf8')).replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---');

    expect(text).toContain(capabilityTable());
  });
});
