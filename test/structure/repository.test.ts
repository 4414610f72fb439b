import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { errorPage } from '../../scripts/error-page.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n');

describe('repository', () => {
  it('has an import rule for every layer', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[];
    };
    const ruled = forbidden.map((rule) => rule.name.match(/^([a-z]+)-imports-only-/)?.[1]);

    const layers = readdirSync(new URL('shared/', root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);

    expect(layers.filter((layer) => !ruled.includes(layer))).toEqual([]);
  });

  it('has the error page that its table makes (npm run docs)', () => {
    expect(read('docs/errors/README.md')).toBe(errorPage());
  });

  it('pins every dependency to an exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );

    expect(loose).toEqual([]);
  });

  it('names no registry and no place on a machine', () => {
    const own = files.filter((file) => !/\.(png|docx|pdf)$/.test(file));
    const faults = own.filter((file) =>
      /"resolved":|\/work\/|\/home\/\w+\/|\/Users\/\w+\//.test(read(file)),
    );

    expect(faults.filter((file) => file !== 'test/structure/repository.test.ts')).toEqual([]);
  });

  it('keeps Lambda entry points to wiring', () => {
    const long = files
      .filter(
        (file) => /^lambdas\/(steps\/)?[a-z-]+\.ts$/.test(file) && !/define-|-policy/.test(file),
      )
      .filter(
        (file) =>
          read(file)
            .split('\n')
            .filter((line) => line.trim() !== '').length > 15,
      );

    expect(long).toEqual([]);
  });
});
