import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fileNameOf } from '#shared/adapters/system/url-fetch/file-name.ts';

const at = (path: string) => new URL(path, 'https://files.example');
const latin1Of = (text: string) => Buffer.from(text).toString('latin1');

describe('the name of a fetched file', () => {
  it.each([
    ['attachment; filename="Annual report.docx"', 'Annual-report.docx'],
    ['attachment; filename=report.docx', 'report.docx'],
    ['inline; filename="a\\"b.pdf"', 'a-b.pdf'],
    ['attachment; filename="x.docx"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe.docx', 'Größe.docx'],
    [`attachment; filename="${latin1Of('報告.docx')}"`, '報告.docx'],
    ['attachment; filename="Größe.docx"', 'Größe.docx'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\Users\\\\me\\\\plan.docx"', 'plan.docx'],
    ['attachment; filename=".htaccess"', 'htaccess'],
    ["attachment; filename*=UTF-8''%zz.docx", 'zz.docx'],
  ])('of %s is %s', (header, name) => {
    expect(fileNameOf(at('/other.pdf'), header)).toBe(name);
  });

  it.each([
    ['/a/b/report%202026.docx?token=secret#page', 'report-2026.docx'],
    ['/a/b/', 'b'],
    ['/', 'document'],
    ['/%2e%2e%2f%2e%2e%2fshadow', 'shadow'],
    ['/%00', 'document'],
    ['/100%.pdf', '100.pdf'],
  ])('is taken from the path %s as %s, without a header that names one', (path, name) => {
    expect(fileNameOf(at(path), undefined)).toBe(name);
    expect(fileNameOf(at(path), 'attachment')).toBe(name);
    expect(fileNameOf(at(path), 'attachment; filename=""')).toBe(name);
  });

  it('keeps its extension when it is too long', () => {
    const name = fileNameOf(at('/'), `attachment; filename="${'long '.repeat(100)}.docx"`);

    expect(name).toHaveLength(120);
    expect(name).toMatch(/^long-long-.*\.docx$/);
  });

  it('is a plain file name, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const name = fileNameOf(at('/x'), `attachment; filename="${text}"`);
        expect(name).toMatch(/^[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}._-]*$/u);
      }),
      { numRuns: 500 },
    );
  });
});
