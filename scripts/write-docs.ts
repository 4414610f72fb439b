import { readFile, writeFile } from 'node:fs/promises';
import { errorPage } from './error-page.ts';
import { generatedParts, withGeneratedParts } from './generated-parts.ts';

// `npm run docs`: writes the pages, and parts of pages, that are made from code. Tests fail when they are out of date.
await writeFile(new URL('../docs/errors/README.md', import.meta.url), errorPage());
for (const [path, parts] of Object.entries(generatedParts)) {
  const file = new URL(`../${path}`, import.meta.url);
  await writeFile(file, withGeneratedParts(await readFile(file, 'utf8'), parts));
}
