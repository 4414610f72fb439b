import { describe, expect, it } from '@jest/globals';
import { writeArtifact } from '#shared/steps/write-artifact.ts';
import type { ArtifactContent } from '#shared/workflows/artifact-content.ts';
import type { Rendering } from '#shared/workflows/definition.ts';
import { presentationOf } from '../../support/presentations.ts';
import { citationWith, reportWith } from '../../support/reports.ts';
import { column, workbookOf } from '../../support/workbook-content.ts';

const runs = [{ text: 'A', citations: ['c1'] }];
const report = reportWith({ blocks: [{ kind: 'paragraph', runs }] });
const workbook = workbookOf({
  columns: [column('Quote')],
  rows: [[{ kind: 'citation', id: 'c1', show: 'quote' }]],
});
const [sheet] = workbook.sheets;
const presentation = presentationOf({
  kind: 'bullets',
  title: 'T',
  content: { items: [{ level: 0, runs }] },
});

const contents: readonly ArtifactContent[] = [
  { format: 'docx', report },
  { format: 'markdown', report },
  { format: 'xlsx', workbook },
  ...(sheet === undefined ? [] : [{ format: 'csv', sheet } as const]),
  { format: 'pptx', presentation },
  { format: 'file', bytes: new Uint8Array([1]), contentType: 'text/html', citations: ['c1'] },
];

function rendering(changes: Partial<Rendering>): Rendering {
  return { result: {}, citations: [citationWith()], ...changes };
}

describe('writeArtifact', () => {
  it.each(contents)('writes content of the format $format', async (content) => {
    const { format } = content;

    const file = await writeArtifact(
      { name: 'out', format },
      rendering({ contents: { out: content } }),
    );

    expect(file.name).toBe('out');
    expect(file.bytes.length).toBeGreaterThan(0);
    expect(file.contentType).toMatch(/^(?:application|text)\//);
  });

  it.each(contents)(
    'refuses content of the format $format that cites what is not verified (I8)',
    async (content) => {
      const { format } = content;
      const unverified = rendering({ contents: { out: content }, citations: [] });

      await expect(writeArtifact({ name: 'out', format }, unverified)).rejects.toMatchObject({
        code: 'internal_error',
      });
    },
  );

  it('writes the report of the rendering where an artifact has no content of its own', async () => {
    const file = await writeArtifact({ name: 'a.md', format: 'markdown' }, rendering({ report }));

    expect(new TextDecoder().decode(file.bytes)).toContain('A[^c1]');
  });

  it('refuses an artifact without content, or with content of another format', async () => {
    const content: ArtifactContent = { format: 'xlsx', workbook };
    const wrong = rendering({ report, contents: { 'a.csv': content } });

    await expect(writeArtifact({ name: 'a.csv', format: 'csv' }, wrong)).rejects.toMatchObject({
      code: 'internal_error',
    });
    await expect(writeArtifact({ name: 'b.xlsx', format: 'xlsx' }, wrong)).rejects.toMatchObject({
      code: 'internal_error',
    });
  });
});
