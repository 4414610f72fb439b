import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openHtmlForEdit } from '#shared/documents/edit/html.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const segmentsOf = (html: string) => openHtmlForEdit(bytesOf(html)).segments;

describe('openHtmlForEdit', () => {
  it('has texts with inline tags, the title, descriptions and texts of attributes, in order', () => {
    const html =
      '<!DOCTYPE html><html><head><title>A &amp; B</title><meta name=description content=short><script>x</script></head>' +
      '<body><h1 title="Tip">Head</h1><p>One <b>two <i>three</i></b> <img src=a alt="Pic"> and <code>no()</code>.</p>loose<pre>no</pre><p translate="no">no</p></body></html>\n';

    expect(
      segmentsOf(html).map(({ kind, text, place }) => [
        kind,
        text,
        'element' in place ? place.element : '',
      ]),
    ).toEqual([
      ['property', 'A &amp; B', 'html/head/title'],
      ['property', 'short', 'html/head/meta'],
      ['alt-text', 'Tip', 'html/body/h1'],
      ['paragraph', 'Head', 'html/body/h1'],
      ['paragraph', 'One <g1>two <g2>three</g2></g1> <x3/> and <x4/>.', 'html/body/p'],
      ['alt-text', 'Pic', 'html/body/p/img'],
      ['paragraph', 'loose', 'html/body'],
    ]);
  });

  it('rewrites a text and one in a mark of it, and leaves all else', () => {
    const html = '<p id = x >\n  One <b class="k">two</b>\n <img alt=Pic src=a>!\n</p><!-- c -->';
    const file = openHtmlForEdit(bytesOf(html));
    const [text, alt] = file.segments.map(({ id }) => id);
    const written = file.write(
      new Map([
        [text ?? '', '<x2/> <g1>2</g1> &lt;1>'],
        [alt ?? '', '"Bild"'],
      ]),
    );

    expect(textOf(written)).toBe(
      '<p id = x >\n  <img alt="&quot;Bild&quot;" src=a> <b class="k">2</b> &lt;1&gt;\n</p><!-- c -->',
    );
  });

  it('writes what the encoding does not have as a reference', () => {
    const html = '<meta charset="windows-1252"><p>caf\u00e9</p>';
    const bytes = Uint8Array.from(html, (character) => character.charCodeAt(0));
    const file = openHtmlForEdit(bytes);
    const written = file.write(new Map([[file.segments[0]?.id ?? '', 'é 契']]));

    expect(new TextDecoder('windows-1252').decode(written)).toBe(
      html.replace('café', 'é &#22865;'),
    );
  });

  it('gives the same bytes for the same texts, and finds the new texts again, in any markup', () => {
    const piece = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '<i>',
        '</i>',
        '<table>',
        '<tr>',
        '<td>',
        '</table>',
        '<ul><li>',
      ],
      ...[
        'text',
        ' ',
        '\r\n',
        '&amp;',
        '&nbsp;',
        '<br>',
        '<img alt="x">',
        '<!-- c -->',
        '</body>',
        '<script>a</script>',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const html = pieces.join('');
        const file = openHtmlForEdit(bytesOf(html));
        const same = new Map(file.segments.map(({ id, text }) => [id, text]));
        expect(textOf(file.write(same))).toBe(html);

        const changed = file.write(new Map([...same].map(([id, text]) => [id, `new${text}`])));
        const again = openHtmlForEdit(changed).segments.map(({ text }) => text);
        expect(again).toEqual([...same.values()].map((text) => `new${text}`));
      }),
      { numRuns: 200 },
    );
  });

  it('takes deep nesting', () => {
    const html = `${'<b>'.repeat(20_000)}deep${'</b>'.repeat(20_000)}`;
    const file = openHtmlForEdit(bytesOf(html));

    expect(file.segments).toHaveLength(1);
    expect(
      textOf(
        file.write(
          new Map([
            [file.segments[0]?.id ?? '', file.segments[0]?.text.replace('deep', 'new') ?? ''],
          ]),
        ),
      ),
    ).toBe(html.replace('deep', 'new'));
  });
});
