import { describe, expect, it } from '@jest/globals';
import { decodeText } from '#shared/documents/decode-text.ts';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

function read(content: string | Uint8Array): Promise<Document> {
  return readDocument(sourceFile('a.txt', content), DocumentFormat.options);
}

const samples = {
  german:
    'Die Prüfung der Bücher für das Geschäftsjahr ergab keine größeren Mängel. Der Vorstand schlägt vor, die Erlöse über mehrere Jahre zu verteilen.',
  polish:
    'Zarząd spółki przedstawił wyniki za ostatni kwartał. Przychody wzrosły o jedną piątą, ale koszty były wyższe niż zakładano. Następne posiedzenie w środę, żeby omówić źródła strat.',
  russian:
    'Правление компании представило результаты за последний квартал. Выручка выросла на пятую часть, но расходы оказались выше ожидаемых.',
  greek:
    'Το διοικητικό συμβούλιο παρουσίασε τα αποτελέσματα του τελευταίου τριμήνου. Τα έσοδα αυξήθηκαν, αλλά τα έξοδα ήταν υψηλότερα.',
  turkish:
    'Yönetim kurulu son çeyreğin sonuçlarını açıkladı. Gelirler beşte bir oranında arttı, ancak giderler beklenenden yüksek çıktı.',
  hebrew:
    'הנהלת החברה הציגה את התוצאות לרבעון האחרון. ההכנסות עלו בחמישית, אך ההוצאות היו גבוהות מהצפוי.',
  arabic:
    'عرض مجلس الإدارة نتائج الربع الأخير من السنة. ارتفعت الإيرادات بمقدار الخمس ولكن المصروفات كانت أعلى من المتوقع.',
  japanese:
    '取締役会は前四半期の業績を発表しました。売上高は二割増加しましたが、費用は予想を上回りました。次回の会議は水曜日に開かれます。',
  chinese:
    '董事会公布了上一季度的业绩。收入增长了五分之一，但是费用高于预期。下次会议将于星期三举行，讨论亏损的原因。',
  taiwanese:
    '董事會公布了上一季度的業績。收入增長了五分之一，但是費用高於預期。下次會議將於星期三舉行，討論虧損的原因。',
  korean:
    '이사회는 지난 분기의 실적을 발표했습니다. 매출은 오분의 일 증가했지만 비용은 예상보다 높았습니다.',
};

/** Encodings that can be told for certain, and those that are guessed from the bytes. */
const certain: readonly (readonly [encoding: string, sample: keyof typeof samples])[] = [
  ['utf-8', 'german'],
  ['utf-16le', 'russian'],
  ['utf-16be', 'german'],
  ['utf-16le', 'chinese'],
  ['utf-16be', 'japanese'],
  ['utf-32le', 'polish'],
  ['utf-32be', 'korean'],
  ['iso-2022-jp', 'japanese'],
];
const guessed: readonly (readonly [encoding: string, sample: keyof typeof samples])[] = [
  ['windows-1252', 'german'],
  ['windows-1250', 'polish'],
  ['iso-8859-2', 'polish'],
  ['windows-1251', 'russian'],
  ['koi8-r', 'russian'],
  ['ibm866', 'russian'],
  ['iso-8859-5', 'russian'],
  ['windows-1253', 'greek'],
  ['iso-8859-7', 'greek'],
  ['windows-1254', 'turkish'],
  ['windows-1255', 'hebrew'],
  ['iso-8859-8', 'hebrew'],
  ['windows-1256', 'arabic'],
  ['iso-8859-6', 'arabic'],
  ['shift_jis', 'japanese'],
  ['euc-jp', 'japanese'],
  ['euc-kr', 'korean'],
  ['gb18030', 'chinese'],
  ['big5', 'taiwanese'],
];

describe('plain text', () => {
  it.each(certain)('in %s is read without a guess (%s)', async (encoding, sample) => {
    const text = samples[sample];
    const document = await read(encode(text, encoding));

    expect(document.units.map((unit) => unit.text)).toEqual([text]);
    expect(document.warnings).toEqual([]);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'in %s may begin with a mark',
    async (encoding) => {
      const document = await read(encode(`\ufeff${samples.polish}`, encoding));

      expect(document.units.map((unit) => unit.text)).toEqual([samples.polish]);
    },
  );

  it.each(guessed)('in %s is guessed, and the guess is told (%s)', async (encoding, sample) => {
    const text = samples[sample];
    const document = await read(encode(text, encoding));

    expect(document.units.map((unit) => unit.text)).toEqual([text]);
    expect(document.warnings).toMatchObject([{ code: 'encoding-guessed', count: 1 }]);
  });

  it('is not decoded as UTF-16 because it says so in one byte a letter', () => {
    const bytes = new Uint8Array(Buffer.from(`charset=utf-16 ${samples.german}`, 'latin1'));

    expect(decodeText(bytes, 'utf-16le').text).toContain('Bücher für');
  });

  it('has pages where it has form feeds, and each line in one unit', async () => {
    const document = await read('One\ntwo\n\fThree\fFour\n\n- item\n\f');

    expect(document.pageCount).toBe(3);
    expect(
      document.units.map(({ text, locator }) => [text, 'line' in locator && locator.line]),
    ).toEqual([
      ['One two', 1],
      ['Three', 3],
      ['Four', 3],
      ['item', 5],
    ]);
  });

  it.each([
    ['[00:00:05] Ben Ode: I will go,\nfor sure.\n[00:00:09] Anna: Good.', [1, 3]],
    ['Anna Berg:  One.\nBen Ode (Chair): Two.\nspk_0: three', [1, 2, 3]],
    ['Ben Ode   0:12\nI will go.\nAnna   0:15\nGood.', [1, 3]],
    ['Date: 5 May\nPlace: Oslo\nSubject: rent', [1, 2, 3]],
    [
      'We met at noon and agreed:\nnothing was to be done,\nand nobody: not Ben, not Anna,\nwas to go.',
      [1],
    ],
    ['The plan is this\nBen: no\nAnna: yes', [1]],
  ])(
    'that is a transcript without blank lines has a unit for each who speaks: %j',
    async (text, lines) => {
      const { units } = await read(text);

      expect(units.map(({ locator }) => 'line' in locator && locator.line)).toEqual(lines);
      expect(
        units
          .map((unit) => unit.text)
          .join(' ')
          .split(/\s+/),
      ).toEqual(text.split(/\s+/));
    },
  );

  it('of one line without end is one unit', async () => {
    const text = 'word '.repeat(200_000).trim();
    const { units } = await read(text);

    expect(units.map((unit) => unit.text.length)).toEqual([text.length]);
  });
});

/** The platform decodes all of these and encodes one: the table of an encoding is made by decoding all of its characters. */
function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new Uint8Array(Buffer.from(text));
  if (encoding.startsWith('utf-')) return encodeWide(text, encoding);
  if (encoding === 'iso-2022-jp') return encodeShifted(text);
  const table = tableOf(encoding);
  return new Uint8Array(
    [...text].flatMap((character) => {
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`Expected ${character} in ${encoding}.`);
      return bytes;
    }),
  );
}

function encodeWide(text: string, encoding: string): Uint8Array {
  const size = encoding.startsWith('utf-16') ? 2 : 4;
  const bytes = Buffer.alloc(text.length * size);
  for (const [index, character] of [...text].entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (encoding.endsWith('le')) bytes.writeUIntLE(code, index * size, size);
    else bytes.writeUIntBE(code, index * size, size);
  }
  return new Uint8Array(bytes);
}

/** EUC-JP without its high bits, between escapes. */
function encodeShifted(text: string): Uint8Array {
  const body = [...encode(text, 'euc-jp')].map((byte) => byte & 0x7f);
  return new Uint8Array([...Buffer.from('\u001b$B'), ...body, ...Buffer.from('\u001b(B')]);
}

function tableOf(encoding: string): Map<string, number[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, number[]>();
  const note = (...bytes: number[]) => {
    try {
      const character = decoder.decode(new Uint8Array(bytes));
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // Not a character of the encoding.
    }
  };
  for (let first = 1; first < 256; first += 1) note(first);
  if (/windows|iso-8859|koi8|ibm/.test(encoding)) return table;
  for (let first = 0x81; first < 0xff; first += 1) {
    for (let second = 0x40; second < 0xff; second += 1) note(first, second);
  }
  return table;
}
