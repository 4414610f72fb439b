import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { createXmlParser } from '#shared/documents/xml-scan.ts';
import { refuseWrongXml } from '#shared/documents/xml-source.ts';

type Event = string | readonly [name: string, attributes: Record<string, string>, boolean];

/** What is said of some XML up to its end, or up to the error that it is refused with. */
interface Heard {
  readonly events: readonly Event[];
  readonly refused: string | undefined;
}

const sheet =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="x" xmlns:r="y"><cols><col min="1" max=\'2\'/></cols>' +
  '<sheetData>\n <row r="1" ><c r="A1" t="s"><v>0</v></c>\t<c r="B1" r:id="&quot;&#233;&#x41;"><is><t xml:space="preserve"> a &lt; b\r\nc\rd ]] é 漢 𝄞&#13;</t></is></c ></row>' +
  '</sheetData><empty  a="" /></worksheet>\n';

const special: Readonly<Record<string, string>> = {
  'a comment': '<a><b>1</b><!-- <c> --><b>2</b></a>',
  'a comment before the root': '<?xml version="1.0"?><!-- x --><a>1</a>',
  'a section of characters': '<a><b>1<![CDATA[<2>]]>3</b><b/></a>',
  'a processing instruction': '<a>1<?p q?>2</a>',
  'XML 1.1': '<?xml version="1.1"?><a>\u0085\u2028</a>',
  'names beyond ASCII': '<a><é ö="1">2</é></a>',
  'white space around the sign': '<a b = "1">2</a>',
  'white space in a value': '<a b="1\n2\t3\r\n4">5</a>',
  'another mark of the byte order': '\ufeff<a>1</a>',
  'a name of every object': '<a constructor="1" toString="2"><b valueOf="3"/></a>',
  'a delete character': '<a b="\u007f">\u007f</a>',
  'a hundred and one attributes': `<a ${Array.from({ length: 101 }, (_, index) => `a${index}="${index}"`).join(' ')}/>`,
};

const refused: Readonly<Record<string, string>> = {
  nothing: '',
  'white space alone': ' \n',
  'a document type': '<!DOCTYPE a><a/>',
  'a document type behind the root': '<a/><!DOCTYPE a>',
  'a name that is declared nowhere': '<a>&b;</a>',
  'an entity without an end': '<a b="&amp">1</a>',
  'a character that XML cannot hold': '<a>\u0001</a>',
  'a number of such a character': '<a>&#1;</a>',
  'a number of half a pair': '<a>&#xD800;</a>',
  'a number beyond Unicode': '<a>&#x110000;</a>',
  'the last character but one': '<a>\uffff</a>',
  'the end of a section that never began': '<a>]]></a>',
  'an attribute twice': '<a b="1" b="2"/>',
  'an attribute without a value': '<a b/>',
  'an attribute without quotes': '<a b=1/>',
  'attributes without a space between them': '<a b="1"c="2"/>',
  'a tag in a value': '<a b="<"/>',
  'tags that cross': '<a><b></a></b>',
  'an end that is longer': '<a></ab>',
  'no end': '<a><b>1</b>',
  'half a tag': '<a><b',
  'a second root': '<a/><b/>',
  'text behind the root': '<a/>b',
  'text before the root': 'b<a/>',
  'a declaration in the middle': '<a><?xml version="1.0"?></a>',
  'a space before a name': '< a/>',
  'a flood of attributes': `<a ${Array.from({ length: 1_001 }, (_, index) => `a${index}="${index}"`).join(' ')}/>`,
};

describe('a parser of XML', () => {
  it('says of a plain part what saxes says', () => {
    const { events, refused: error } = hear([sheet]);
    expect(error).toBeUndefined();
    expect(events).toContain(' a < b\nc\nd ]] é 漢 𝄞\r');
    expect(events).toContainEqual(['c', { r: 'B1', 'r:id': '"éA' }, true]);
    expect(hear([sheet])).toEqual(hearSaxes(sheet));
  });

  it.each(Object.entries(special))('leaves %s to saxes', (_, xml) => {
    expect(hear([xml]).refused).toBeUndefined();
    expect(hear([xml])).toEqual(hearSaxes(xml));
  });

  it.each(Object.entries(refused))('refuses %s', (_, xml) => {
    expect(hear([xml]).refused).toBeDefined();
    expect(hear([xml])).toEqual(hearSaxes(xml));
  });

  it('does not care where a part is cut into pieces', () => {
    for (const xml of [sheet, ...Object.values(special), ...Object.values(refused)]) {
      expect(hear(Array.from(xml))).toEqual(hearSaxes(xml));
    }
  });

  it('reads a text that is longer than what it keeps', () => {
    const text = 'Depot &amp; track '.repeat(40_000);
    const pieces = `<a><b>${text}</b><b>2</b></a>`.match(/.{1,65536}/g) ?? [];
    const { events } = hear(pieces);
    expect(events).toEqual([
      ...['a', 'b'].map(opened),
      text.replaceAll('&amp;', '&'),
      '/',
      opened('b'),
      '2',
      '/',
      '/',
    ]);
  });

  it('says what saxes says of whatever becomes of a part', () => {
    const fragment = fc.constantFrom(
      ...['<', '>', '/', '"', "'", '&', ';', '&amp;', '&#10;', ']]>', '<!--', '-->', '<b>', '</b>'],
      ...[
        '<![CDATA[',
        '<?p ?>',
        '<!DOCTYPE a>',
        ' ',
        '\r',
        '\n',
        '=',
        'é',
        '\u0000',
        'x:y="1"',
        '<b c="d"/>',
      ],
    );
    const change = fc.record({ at: fc.nat(sheet.length), drop: fc.nat(6), fragment });
    const changes = fc.array(change, { maxLength: 3 });
    const property = fc.property(changes, fc.nat(sheet.length), (list, cut) => {
      const characters = Array.from(sheet);
      for (const { at, drop, fragment: put } of list) characters.splice(at, drop, put);
      const xml = characters.join('');
      expect(hear([xml.slice(0, cut), xml.slice(cut)])).toEqual(hearSaxes(xml));
    });
    fc.assert(property, { numRuns: 2_000, seed: 5 });
  });
});

function opened(name: string): Event {
  return [name, {}, false];
}

function hear(pieces: readonly string[]): Heard {
  const ear = createEar();
  return ear.listen(() => {
    const parser = createXmlParser(ear);
    for (const piece of pieces) parser.write(piece);
    parser.close();
  });
}

/** The same events from saxes alone. */
function hearSaxes(xml: string): Heard {
  const ear = createEar();
  return ear.listen(() => {
    const parser = new SaxesParser({ xmlns: false, position: false });
    let depth = 0;
    refuseWrongXml(parser);
    const addText = (text: string) => {
      if (depth > 0) ear.text(text);
    };
    parser.on('opentag', ({ name, attributes }) => {
      depth += 1;
      const isQualified = Object.keys(attributes).some((key) => /:|^xmlns$/.test(key));
      ear.open(name, attributes, isQualified);
    });
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.on('closetag', () => {
      depth -= 1;
      ear.close();
    });
    parser.write(xml);
    parser.close();
  });
}

/** Joins neighbouring runs of text, and leaves out the last one before an error: how much of it is told is nobody's concern. */
function createEar() {
  const events: Event[] = [];
  let run = '';
  const endRun = () => {
    if (run !== '') events.push(run);
    run = '';
  };
  return {
    open(name: string, attributes: Readonly<Record<string, string>>, isQualified: boolean): void {
      endRun();
      events.push([name, { ...attributes }, isQualified]);
    },
    text(text: string): void {
      run += text;
    },
    close(): void {
      endRun();
      events.push('/');
    },
    listen(read: () => void): Heard {
      try {
        read();
        return { events, refused: undefined };
      } catch (error) {
        return { events, refused: String(error) };
      }
    },
  };
}
