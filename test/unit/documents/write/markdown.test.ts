import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { writeMarkdown } from '#shared/documents/write/markdown.ts';
import type { ReportBlock, Run } from '#shared/domain/report.ts';
import {
  citationWith,
  fullReport,
  fullReportCitations,
  reportWith,
} from '../../../support/reports.ts';

// The package has no types.
const footnotes: Parameters<ReturnType<typeof MarkdownIt>['use']>[0] = createRequire(
  import.meta.url,
)('markdown-it-footnote');

describe('writeMarkdown', () => {
  it('writes every kind of block', () => {
    const text = writeMarkdown(fullReport, fullReportCitations);

    expect(text).toBe(`# Summary of the annual report

_report.docx_

> The result is partial.

**Revenue grew by 7.4 %.**[^c1][^c2]

## Key points

- First **point**
- Second point

### Decisions

1. Decision one[^c1]

1) Another list

#### Remarks

A remark in _italics_

| Figure | Value |
| --- | ---: |
| Revenue | 184.6 |
| Only one cell |  |

---

Written with MiniMax M2.7.

Nothing was dropped.

[^c1]: “Revenue rose by 7.4 % to €184.6 million.” — section “2 Finance”, report.docx

[^c2]: “Volume & margin \\< target \\> plan” — section “2 Finance”, other.pdf
`);
  });

  it('leaves out the definitions of citations that nothing cites', () => {
    const report = reportWith({
      blocks: [{ kind: 'paragraph', runs: [{ text: 'A', citations: ['c2'] }] }],
    });

    const text = writeMarkdown(report, fullReportCitations);

    expect(text).toContain('[^c2]: ');
    expect(text).not.toContain('[^c1]');
  });

  it.each([
    { name: 'an image', text: '![x](https://example.com/x.png)' },
    { name: 'a link', text: '[x](https://example.com) and [y][z]' },
    { name: 'an address', text: 'see https://example.com, www.example.com, a@example.com' },
    { name: 'HTML', text: '<img src=x onerror=alert(1)> <!-- x --> </p>' },
    { name: 'an entity', text: '&lt;b&gt; &#60; R&D' },
    { name: 'emphasis', text: '**a** _b_ ~~c~~ `d` $e$' },
    { name: 'a footnote', text: '[^c1] and [^c1]: x and ^[y]' },
    { name: 'a heading', text: '# a #' },
    { name: 'a list', text: '1. a' },
    { name: 'another list', text: '- a' },
    { name: 'a rule', text: '---' },
    { name: 'a table', text: '| a | b |' },
    { name: 'a block of code', text: '    a' },
    { name: 'several lines', text: 'a\n\n# b\n- c\u2028d' },
    { name: 'a backslash', text: '\\<b> \\\\' },
  ])('keeps text that looks like $name as text, wherever it stands', ({ text }) => {
    for (const block of blocksOf(text)) {
      const report = reportWith({ blocks: [block] });

      const { html, text: rendered } = render(writeMarkdown(report, [citationWith()]));

      expect(rendered).toContain(plain(text));
      expect(html).not.toMatch(/<(a |img|code|s>|sup|hr|ul><li><ul)/);
    }
  });

  it('renders to the text of its runs, whatever it is and however it is emphasised', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ab é重.,:-_*~`[]()<>!#|&$\\^@1'),
      minLength: 1,
    });
    const run = fc.record({ text, isBold: fc.boolean(), isItalic: fc.boolean() });

    void fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 4 }), (runs: Run[]) => {
        fc.pre(plain(runs.map((each) => each.text).join('')) !== '');
        const report = reportWith({ blocks: [{ kind: 'paragraph', runs }] });

        const { text: rendered } = render(writeMarkdown(report, []));

        const expected = plain(runs.map((each) => each.text).join(''));
        expect(rendered).toBe(`Summary of a report ${expected}`);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a report that cites what is not among the citations', () => {
    const report = reportWith({
      blocks: [{ kind: 'lead', runs: [{ text: 'A', citations: ['c9'] }] }],
    });

    expect(() => writeMarkdown(report, fullReportCitations)).toThrow(
      expect.objectContaining({ code: 'internal_error' }),
    );
  });
});

function blocksOf(text: string): ReportBlock[] {
  return [
    { kind: 'paragraph', runs: [{ text }] },
    { kind: 'heading', level: 1, text },
    { kind: 'notice', text },
    { kind: 'list', isOrdered: false, items: [[{ text }]] },
    { kind: 'table', header: [text], rows: [[[{ text }]]] },
  ];
}

/** As a reader with every extension on would see it. */
function render(markdown: string): { html: string; text: string } {
  const html = new MarkdownIt({ html: true, linkify: true }).use(footnotes).render(markdown);
  const text = html
    .replace(/<[^>]+>/g, (tag) => (/^<\/?(strong|em)>/.test(tag) ? '' : ' '))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return { html, text: plain(text) };
}

function plain(text: string): string {
  return text.replace(/[\s\u2028]+/g, ' ').trim();
}
