import { describe, expect, it } from '@jest/globals';
import { acceptAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { viewForEdit } from '#shared/documents/edit/view.ts';
import { type LoadFile, writeArtifact } from '#shared/steps/write-artifact.ts';
import type { ArtifactContent } from '#shared/workflows/artifact-content.ts';
import type { Rendering } from '#shared/workflows/definition.ts';
import { wordChanges } from '#shared/workflows/word-changes.ts';
import { docxFile, paragraph, sourceFile } from '../../support/office-files.ts';
import { presentationOf } from '../../support/presentations.ts';
import { byline } from '../../support/redline-texts.ts';
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
];

const noFile: LoadFile = async () => {
  throw new Error('Nothing of an input is wanted here.');
};

function rendering(changes: Partial<Rendering>): Rendering {
  return { result: {}, citations: [citationWith()], ...changes };
}

describe('writeArtifact', () => {
  it.each(contents)('writes content of the format $format', async (content) => {
    const { format } = content;

    const file = await writeArtifact(
      { name: 'out', format },
      rendering({ contents: { out: content } }),
      noFile,
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

      await expect(
        writeArtifact({ name: 'out', format }, unverified, noFile),
      ).rejects.toMatchObject({
        code: 'internal_error',
      });
    },
  );

  it('writes the report of the rendering where an artifact has no content of its own', async () => {
    const file = await writeArtifact(
      { name: 'a.md', format: 'markdown' },
      rendering({ report }),
      noFile,
    );

    expect(new TextDecoder().decode(file.bytes)).toContain('A[^c1]');
  });

  it('refuses an artifact without content, or with content of another format', async () => {
    const content: ArtifactContent = { format: 'xlsx', workbook };
    const wrong = rendering({ report, contents: { 'a.csv': content } });

    await expect(
      writeArtifact({ name: 'a.csv', format: 'csv' }, wrong, noFile),
    ).rejects.toMatchObject({
      code: 'internal_error',
    });
    await expect(
      writeArtifact({ name: 'b.xlsx', format: 'xlsx' }, wrong, noFile),
    ).rejects.toMatchObject({
      code: 'internal_error',
    });
  });

  it('writes other texts into a copy of an input', async () => {
    const { bytes, documentId } = sourceFile('a.md', '# One\n\nTwo.\n');
    const view = await viewForEdit({ bytes }, 'markdown', 'segments');
    const segments = view.kind === 'segments' ? view.segments : [];
    const texts = Object.fromEntries(segments.map(({ id, text }) => [id, `${text}!`]));
    const content: ArtifactContent = {
      format: 'edited',
      original: documentId,
      originalFormat: 'markdown',
      texts,
    };

    const file = await writeArtifact(
      { name: 'b.md', format: 'edited' },
      rendering({ contents: { 'b.md': content } }),
      async () => ({ bytes }),
    );

    expect(new TextDecoder().decode(file.bytes)).toBe('# One!\n\nTwo.!\n');
    expect(file.contentType).toBe('text/markdown');
  });

  it('writes tracked changes into a copy of a DOCX', async () => {
    const { bytes, documentId } = docxFile({ body: paragraph('We pay at once.') });
    const view = await viewForEdit({ bytes }, 'docx', 'paragraphs');
    const [first] = view.kind === 'paragraphs' ? view.paragraphs : [];
    if (first === undefined) throw new Error('Expected a paragraph.');
    const content: ArtifactContent = {
      format: 'redline',
      base: documentId,
      instructions: {
        ...byline,
        changes: [
          { kind: 'rewrite', at: first.at, operations: wordChanges(first.text, 'We pay later.') },
        ],
      },
    };

    const file = await writeArtifact(
      { name: 'redline.docx', format: 'redline' },
      rendering({ contents: { 'redline.docx': content } }),
      async () => ({ bytes }),
    );

    expect(redlineParagraphs(acceptAll(file.bytes)).map(({ text }) => text)).toEqual([
      'We pay later.',
    ]);
  });

  it('puts the report into a copy of the template of the user', async () => {
    const { bytes, documentId } = docxFile({
      body: paragraph('Our house style') + paragraph('{{content}}'),
    });
    const content: ArtifactContent = { format: 'docx', report, template: documentId };

    const file = await writeArtifact(
      { name: 'out.docx', format: 'docx' },
      rendering({ contents: { 'out.docx': content } }),
      async () => ({ bytes }),
    );

    expect(redlineParagraphs(file.bytes).map(({ text }) => text)).toContain('Our house style');
  });
});
