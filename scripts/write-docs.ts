import { writeFile } from 'node:fs/promises';
import { errorPage } from './error-page.ts';

// `npm run docs`: writes the pages that are made from code. A test fails when they are out of date.
await writeFile(new URL('../docs/errors/README.md', import.meta.url), errorPage());
