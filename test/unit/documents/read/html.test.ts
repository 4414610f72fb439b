import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { Document, DocumentFormat, type Unit } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function read(html: string | Uint8Array): Promise<Document> {
  return readDocument(sourceFile('a.html', html), DocumentFormat.options);
}

const shown = ({ units }: Document) =>
  units.map(({ kind, marker, text }) =>
    [kind, ...(marker === undefined ? [] : [marker]), text].join(' · '),
  );

describe('HTML', () => {
  it('keeps links with the words they are on', async () => {
    const { units } = await read(
      '<p>See  <a href=" https://a.example/x "> the <b>one</b> page </a>, <a>none</a> and<a href="#b"> two</a>.</p><table><tr><th>K<th><a href="/c">Cell</a></table>',
    );
    const linked = units.flatMap(({ text, links = [] }) =>
      links.map(({ from, to, target }) => [text.slice(from, to), target]),
    );

    expect(linked).toEqual([
      ['the one page', 'https://a.example/x'],
      ['two', '#b'],
      ['Cell', '/c'],
    ]);
  });

  it('keeps what the page hides apart, wherever it is hidden', async () => {
    const document = await read(
      `<p>Shown</p><p hidden>one</p><div style="color:red;DISPLAY : none"><p>two</p></div><template><p>three</p></template>
      <noscript><p>four</p></noscript><dialog>five</dialog><dialog open>Open</dialog><p aria-hidden=true>For the eye</p>
      <p style="visibility:hidden">six</p><span style="font-size:0px">seven</span><select><option>A<option selected>B</select>
      <math><mi>x</mi><annotation>\\x</annotation></math><p style="font-size:0.9em;opacity:0.5">Small</p>`,
    );

    expect(document.hidden.map(({ text }) => text)).toEqual([
      ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'A', '\\x'],
    ]);
    expect(shown(document)).toEqual([
      'paragraph · Shown',
      'paragraph · Open',
      'paragraph · For the eye',
      'paragraph · B x',
      'paragraph · Small',
    ]);
    expect(document.warnings).toMatchObject([{ code: 'hidden-text', count: 9 }]);
  });

  it('reads forms, ruby, drawings, definitions, details and what stands in for images', async () => {
    const document = await read(
      `<label>Name <input value="Ann"></label> <input type=checkbox checked> Yes <input type=hidden value=secret><textarea>Note</textarea>
      <p><ruby>漢<rt>kan</rt></ruby><ruby>字<rp>[</rp><rt>ji</rt><rp>]</rp></ruby></p>
      <svg><title>Chart</title><text>Axis</text></svg><dl><dt>Term<dd>Meaning</dl>
      <details><summary>More</summary>Folded</details><figure><img src=x alt="A duck"><figcaption>Fig. 1</figcaption></figure>
      <video>No video</video><iframe src=x>no frames</iframe><pre>a\n  b</pre><p>H<sub>2</sub>O<wbr>!</p>`,
    );

    expect(shown(document)).toEqual([
      'paragraph · Name Ann ☑ Yes Note',
      'paragraph · 漢(kan)字[ji]',
      'paragraph · Chart Axis',
      'paragraph · Term',
      'paragraph · Meaning',
      'paragraph · More',
      'paragraph · Folded',
      'paragraph · A duck',
      'caption · Fig. 1',
      'paragraph · No video',
      'code · a b',
      'paragraph · H2O!',
    ]);
    expect(document.warnings).toMatchObject([
      { code: 'image', count: 1 },
      { code: 'embedded-object', count: 2 },
    ]);
  });

  it('numbers list items as a browser does, and only their first block', async () => {
    const document = await read(
      '<ol type=i start=3><li><p>a</p><p>b</p><li value=9>c</ol><ol reversed><li>d<li>e</ol><ol type=A><li>f<ul><li>g</ul>h</ol>',
    );

    expect(shown(document)).toEqual([
      'list-item · iii. · a',
      'paragraph · b',
      'list-item · ix. · c',
      'list-item · 2. · d',
      'list-item · 1. · e',
      'list-item · A. · f',
      'list-item · • · g',
      'paragraph · h',
    ]);
  });

  it('is decoded as it declares, unless it is UTF-8 after all', async () => {
    const declared = '<meta charset="iso-8859-2"><p>Zażółć gęślą jaźń</p>';
    const latin2 = Uint8Array.from(declared, (letter) => latin2Of[letter] ?? letter.charCodeAt(0));

    expect((await read(latin2)).units[0]?.text).toBe('Zażółć gęślą jaźń');
    expect((await read(declared)).units[0]?.text).toBe('Zażółć gęślą jaźń');
    expect((await read(latin2)).warnings).toEqual([]);
  });

  it('gives each text node to exactly one unit, to the hidden texts or to the title', async () => {
    const leaf = fc.constantFrom('#');
    const names = [
      'div',
      'p',
      'span',
      'b',
      'a href=x',
      'ul',
      'ol',
      'li',
      'table',
      'tr',
      'td',
      'th',
      'caption',
      'h2',
      'blockquote',
      'pre',
      'dl',
      'dd',
      'details',
      'figure',
      'figcaption',
      'p hidden',
      'section',
      'template',
      'ruby',
      'rt',
      'svg',
      'text',
      'button',
      'td colspan=3',
      'th rowspan=2',
      'noscript',
      'thead',
      'select',
      'option',
      'title',
      'form',
      'label',
      'math',
      'mi',
      'x-y',
      'center',
      'video',
    ];
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        leaf,
        fc
          .tuple(fc.constantFrom(...names), fc.array(tie('tree'), { maxLength: 4 }))
          .map(([name, inner]) => `<${name}>${inner.join('')}</${name.split(' ')[0]}>`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 5 }), async (trees) => {
        let count = 0;
        const html = trees.join('#').replaceAll('#', () => `w${++count}w `);
        const document = await read(`<p>start</p>${html}`);
        const root = parse(`<p>start</p>${html}`);
        expect(wordsOfDocument(document, root).sort()).toEqual(wordsOf(visibleText(root)).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('has locators that lead back to the text, at any depth', async () => {
    const deep = `<html><body>${'<div><p>a</p>'.repeat(300)}<ul><li>deep</ul>`;
    const document = await read(deep);
    const root = parse(deep);

    expect(document.units.at(-1)?.text).toBe('deep');
    for (const unit of document.units) {
      expect(collapse(textOf(find(root, unit)))).toContain(unit.text);
    }
    const paths = document.units.map(({ locator }) => JSON.stringify(locator));
    expect(new Set(paths).size).toBe(document.units.length);
    expect(Math.max(...paths.map((path) => path.length))).toBeLessThan(500);
  });
});

const corpus = '../shared/corpus/docling';
const files = existsSync(corpus)
  ? readdirSync(corpus).filter((name) => name.endsWith('.html'))
  : [];
const itWithCorpus = files.length === 0 ? it.skip : it;

describe(`pages of a public test suite${files.length === 0 ? ' (skipped: the corpus is absent)' : ''}`, () => {
  itWithCorpus.each(files)('%s: every word once, and every locator leads to it', async (name) => {
    const html = readFileSync(`${corpus}/${name}`, 'utf8');
    const document = Document.parse(await read(html));
    const root = parse(html);

    expect(wordsOfDocument(document, root).sort()).toEqual(wordsOf(visibleText(root)).sort());
    for (const unit of document.units) {
      const element = find(root, unit);
      const [word] = wordsOf(unit.table?.cells.find((cell) => cell !== '') ?? unit.text);
      if (word !== undefined) expect(wordsOf(visibleText(element))).toContain(word);
    }
  });
});

const latin2Of: Readonly<Record<string, number>> = {
  ż: 0xbf,
  ó: 0xf3,
  ł: 0xb3,
  ć: 0xe6,
  ę: 0xea,
  ś: 0xb6,
  ą: 0xb1,
  ź: 0xbc,
  ń: 0xf1,
};

/** The first heading is the title of a page without one. */
function wordsOfDocument({ units, hidden, title = '' }: Document, root: Node): string[] {
  const texts = [...units.map((unit) => unit.text), ...hidden.map((each) => each.text)];
  const own = elementsOf(root).find(
    (each) => each.tagName === 'title' && each.namespaceURI.endsWith('xhtml'),
  );
  return wordsOf(
    [...texts, own !== undefined && collapse(textOf(own)) !== '' ? title : ''].join(' '),
  );
}

function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).map(String);
}

/** All text nodes but those of code, with alternative texts; apart from each other as blocks are. */
function visibleText(root: Node): string {
  if ('value' in root) return root.value;
  const children =
    'content' in root ? root.content.childNodes : 'childNodes' in root ? root.childNodes : [];
  const name = 'tagName' in root ? root.tagName : '';
  if (['script', 'style', 'iframe'].includes(name)) return '';
  const attributes = 'attrs' in root ? root.attrs : [];
  const alternatives: Readonly<Record<string, string>> = { img: 'alt', input: 'placeholder' };
  const alternative = attributes.find((each) => each.name === alternatives[name])?.value ?? '';
  const text = children.map(visibleText).join('');
  const isInline =
    /^(?:a|b|i|u|s|em|strong|span|sub|sup|code|small|mark|font|del|ins|abbr|cite|bdi|label|ruby|rt|math|mi|q|kbd|var|samp|time|tt)$/.test(
      name,
    );
  return isInline
    ? text
    : ` ${alternative}${name === 'noscript' ? text.replace(/<[^<>]*>/g, ' ') : text} `;
}

function find(root: Node, { locator }: Unit): Element {
  if (locator.kind !== 'html') throw new Error('Expected a locator of a page.');
  const number = /^\*\[(\d+)\]$/.exec(locator.element)?.[1];
  const found =
    number === undefined ? byPath(root, locator.element) : elementsOf(root)[Number(number) - 1];
  if (found === undefined) throw new Error(`Expected an element at ${locator.element}.`);
  return found;
}

function byPath(root: Node, path: string): Element | undefined {
  let node: Node | undefined = root;
  for (const step of path.split('/')) {
    const [, name = '', position = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const children: readonly Node[] =
      node !== undefined && 'childNodes' in node ? node.childNodes : [];
    node = children.filter((each) => each.nodeName === name)[Number(position) - 1];
  }
  return node !== undefined && 'tagName' in node ? node : undefined;
}

function elementsOf(root: Node): Element[] {
  const found: Element[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) stack.push(...[...node.childNodes].reverse());
  }
  return found;
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join(' ') : '';
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
