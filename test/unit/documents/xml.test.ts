import { describe, expect, it } from '@jest/globals';
import { eachChildOf, eachMixedChildOf, parseMixedXml, parseXml } from '#shared/documents/xml.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const strictWord = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
const codeOf = (code: string) => expect.objectContaining({ code });

describe('parseXml', () => {
  it.each([
    { name: 'another prefix', xml: `<x:p xmlns:x="${word}" x:val="1"/>` },
    { name: 'strict Office Open XML', xml: `<w:p xmlns:w="${strictWord}" w:val="1"/>` },
  ])('gives names their usual prefix: $name', ({ xml }) => {
    expect(parseXml(encode(xml))).toMatchObject({ name: 'w:p', attributes: { 'w:val': '1' } });
  });

  it('keeps text, references and CDATA, and leaves comments out', () => {
    expect(parseXml(encode('<a>1 &lt; &#50;<!-- x --><![CDATA[ & 3]]></a>')).text).toBe(
      '1 < 2 & 3',
    );
  });

  it('keeps characters that stand across the pieces in which a part is read', () => {
    const text = 'ж€😀'.repeat(40_000);

    expect(parseXml(encode(`<a>${text}</a>`)).text).toBe(text);
  });

  const xml = '<a>Grüße</a>';
  const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`, 'latin1');
  it.each([
    { name: 'UTF-8 with a mark', bytes: encode(`\ufeff${xml}`) },
    { name: 'UTF-16LE with a mark', bytes: Buffer.from(`\ufeff${xml}`, 'utf16le') },
    { name: 'UTF-16BE with a mark', bytes: Buffer.from(`\ufeff${xml}`, 'utf16le').swap16() },
    { name: 'UTF-16LE without a mark', bytes: Buffer.from(xml, 'utf16le') },
    { name: 'a declared encoding', bytes: latin1 },
  ])('reads $name', ({ bytes }) => {
    expect(parseXml(bytes).text).toBe('Grüße');
  });

  const entities = '<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;">]><a>&c;</a>';
  it.each([
    { name: 'entity declarations', xml: entities, code: 'xml_forbidden' },
    { name: 'an external DTD', xml: '<!DOCTYPE a SYSTEM "a.dtd"><a/>', code: 'xml_forbidden' },
    {
      name: 'elements 20,000 deep',
      xml: '<a>'.repeat(20_000) + '</a>'.repeat(20_000),
      code: 'archive_unsafe',
    },
    { name: 'an element that does not end', xml: '<a><b></a>', code: 'corrupt_file' },
    { name: 'a prefix without a namespace', xml: '<a><q:b/></a>', code: 'corrupt_file' },
    { name: 'nothing', xml: '', code: 'corrupt_file' },
  ])('refuses $name', ({ xml: content, code }) => {
    expect(() => parseXml(encode(content))).toThrow(codeOf(code));
  });

  it.each([
    { name: 'too many characters', xml: `<a><b>${'x'.repeat(20_000_001)}</b></a>` },
    { name: 'too many elements at once', xml: `<a>${'<b/>'.repeat(2_000_001)}</a>` },
  ])('refuses $name', ({ xml: content }) => {
    expect(() => parseXml(encode(content))).toThrow(codeOf('archive_unsafe'));
  });

  it('does not count the white space between elements as text', () => {
    const xmlWithLayout = `<a>${' '.repeat(20_000_001)}<b>text</b></a>`;

    expect(parseXml(encode(xmlWithLayout)).children[0]?.text).toBe('text');
  });

  it('refuses bytes that are not of the encoding', () => {
    expect(() => parseXml(new Uint8Array([...encode('<a>'), 0xff, ...encode('</a>')]))).toThrow(
      codeOf('corrupt_file'),
    );
  });

  it('does not quote the part in the message', () => {
    expect(() => parseXml(encode('<a>&secret;</a>'))).toThrow(/^(?!.*secret)/);
  });
});

describe('eachChildOf', () => {
  it('hands out the children one by one, complete', () => {
    const seen: string[] = [];

    eachChildOf(encode('<a><body><p><t>1</t></p><p/></body><p/></a>'), 'body', (child) =>
      seen.push(`${child.name}:${child.children.map((each) => each.text).join()}`),
    );

    expect(seen).toEqual(['p:1', 'p:']);
  });

  it('passes on what the visitor throws', () => {
    const visit = () => {
      throw new TypeError('from the visitor');
    };

    expect(() => eachChildOf(encode('<a><b/></a>'), 'a', visit)).toThrow('from the visitor');
  });
});

describe('parseMixedXml', () => {
  it('keeps text before, between and behind children as children of its own', () => {
    const root = parseMixedXml(encode('<a>1<b>2</b> <![CDATA[3]]><c/>4<!-- x -->5</a>'));

    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['#text', '1'],
      ['b', '2'],
      ['#text', ' 3'],
      ['c', ''],
      ['#text', '45'],
    ]);
  });

  it('keeps the text of an element without children in the element', () => {
    expect(parseMixedXml(encode('<a>1 &lt; 2</a>'))).toMatchObject({ text: '1 < 2', children: [] });
  });

  it('counts all text', () => {
    const half = 'x'.repeat(10_000_001);

    expect(() => parseMixedXml(encode(`<a>${half}<b/>${half}</a>`))).toThrow(
      codeOf('archive_unsafe'),
    );
  });
});

describe('eachMixedChildOf', () => {
  it('hands out the children of several parents with their mixed content, and no text between them', () => {
    const seen: unknown[] = [];
    const xml = '<a><styles><s/></styles> <body> <p>1<b/>2</p> x <p>3</p></body></a>';

    eachMixedChildOf(encode(xml), new Set(['styles', 'body']), (child, parent) => {
      seen.push([parent.name, child.name, child.children.map(({ text }) => text), child.text]);
      expect(parent.children).toEqual([]);
    });

    expect(seen).toEqual([
      ['styles', 's', [], ''],
      ['body', 'p', ['1', '', '2'], ''],
      ['body', 'p', [], '3'],
    ]);
  });
});
