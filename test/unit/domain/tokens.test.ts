import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateTokens, maxTokens, tokensOfWeight, weighText } from '#shared/domain/tokens.ts';

/** Texts with their tokens in o200k, counted once with gpt-tokenizer, and the band that the docstring of the estimate promises. */
const measured: readonly (readonly [script: string, tokens: number, band: Band, text: string])[] = [
  [
    'English',
    50,
    'latin',
    'The management board presented the results of the last quarter. Revenue rose by a fifth, but expenses were higher than expected. The next meeting takes place on Wednesday to discuss what caused the losses, and the auditors will report on the state of the books.',
  ],
  [
    'German',
    44,
    'latin',
    'Die Prüfung der Bücher für das Geschäftsjahr ergab keine größeren Mängel. Der Vorstand schlägt vor, die Erlöse über mehrere Jahre zu verteilen. Gemäß § 7 sind die Käufer zu hören.',
  ],
  [
    'French',
    42,
    'latin',
    "Le conseil a examiné les résultats du deuxième trimestre. Les dépenses ont été réduites grâce à la nouvelle stratégie, et l'équipe espère un été plus calme. Ça coûte déjà trop cher à l'État.",
  ],
  [
    'Polish',
    68,
    'latin',
    'Zarząd spółki przedstawił wyniki za ostatni kwartał. Przychody wzrosły o jedną piątą, ale koszty były wyższe niż zakładano. Następne posiedzenie odbędzie się w środę, żeby omówić źródła strat.',
  ],
  [
    'Russian',
    48,
    'cyrillic',
    'Правление компании представило результаты за последний квартал. Выручка выросла на пятую часть, но расходы оказались выше ожидаемых. Следующее заседание состоится в среду, чтобы обсудить причины убытков.',
  ],
  [
    'Greek',
    42,
    'cyrillic',
    'Το διοικητικό συμβούλιο παρουσίασε τα αποτελέσματα του τελευταίου τριμήνου. Τα έσοδα αυξήθηκαν, αλλά τα έξοδα ήταν υψηλότερα.',
  ],
  [
    'Arabic',
    44,
    'semitic',
    'عرض مجلس الإدارة نتائج الربع الأخير من السنة. ارتفعت الإيرادات بمقدار الخمس ولكن المصروفات كانت أعلى من المتوقع. سيعقد الاجتماع القادم يوم الأربعاء لمناقشة أسباب الخسائر.',
  ],
  [
    'Hebrew',
    55,
    'semitic',
    'הנהלת החברה הציגה את התוצאות לרבעון האחרון. ההכנסות עלו בחמישית, אך ההוצאות היו גבוהות מהצפוי. הישיבה הבאה תתקיים ביום רביעי כדי לדון בסיבות להפסדים.',
  ],
  [
    'Hindi',
    33,
    'other',
    'प्रबंधन बोर्ड ने पिछली तिमाही के परिणाम प्रस्तुत किए। राजस्व में पाँचवें हिस्से की वृद्धि हुई, लेकिन खर्च अपेक्षा से अधिक थे।',
  ],
  [
    'Thai',
    41,
    'other',
    'คณะกรรมการบริหารได้นำเสนอผลประกอบการของไตรมาสที่ผ่านมา รายได้เพิ่มขึ้นหนึ่งในห้า แต่ค่าใช้จ่ายสูงกว่าที่คาดไว้',
  ],
  [
    'Chinese',
    49,
    'cjk',
    '董事会公布了上一季度的业绩。收入增长了五分之一，但是费用高于预期。下次会议将于星期三举行，讨论亏损的原因。我们需要更多的时间来准备这份报告。',
  ],
  [
    'Japanese',
    62,
    'cjk',
    '取締役会は前四半期の業績を発表しました。売上高は二割増加しましたが、費用は予想を上回りました。次回の会議は水曜日に開かれ、損失の原因について話し合います。',
  ],
  [
    'Korean',
    49,
    'cjk',
    '이사회는 지난 분기의 실적을 발표했습니다. 매출은 오분의 일 증가했지만 비용은 예상보다 높았습니다. 다음 회의는 수요일에 열리며 손실의 원인을 논의할 것입니다.',
  ],
  [
    'TypeScript',
    51,
    'code',
    'export function splitText(text: string, maxTokens: number): TextRange[] {\n  if (estimateTokens(text) <= maxTokens) return [{ from: 0, to: text.length }];\n  return join(text, sentences, maxTokens);\n}',
  ],
  [
    'JSON',
    55,
    'code',
    '{"id":"a91f-22c0","rows":[{"sku":"K-1022","qty":14,"price":19.95},{"sku":"K-1040","qty":3,"price":4.5}],"total":292.8}',
  ],
  [
    'numbers',
    64,
    'code',
    '2024-01-31,1042,19.95,0.0731,118204\n2024-02-29,998,21.10,0.0688,120811\n2024-03-31,1107,18.75,0.0754,119377',
  ],
];
type Band = keyof typeof bands;
const bands = {
  latin: [0.85, 1.4],
  cyrillic: [0.9, 1.25],
  semitic: [0.55, 1.45],
  other: [0.9, 1.5],
  cjk: [0.95, 1.25],
  code: [0.85, 1.45],
} as const;

describe('the estimate of tokens', () => {
  it.each(measured)('of %s is within its band of the measured %i', (...[, tokens, band, text]) => {
    const [least, most] = bands[band];
    const ratio = estimateTokens(text) / tokens;

    expect(ratio).toBeGreaterThanOrEqual(least);
    expect(ratio).toBeLessThanOrEqual(most);
    expect(maxTokens(text)).toBeGreaterThanOrEqual(tokens);
  });

  it('of a text is exactly that of its parts together, before rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 })), (texts) => {
        const weight = texts.reduce((sum, text) => sum + weighText(text), 0);
        expect(weighText(texts.join(''))).toBe(weight);
        expect(estimateTokens(texts.join(''))).toBe(tokensOfWeight(weight));
      }),
    );
  });
});

describe('token counts', () => {
  it('are near the measured ones for English', () => {
    const text =
      'The quarterly report shows that the number of shipments has increased by a third. '.repeat(
        20,
      );

    expect(estimateTokens(text) / (text.length / 4.6)).toBeGreaterThan(0.8);
    expect(estimateTokens(text) / (text.length / 4.6)).toBeLessThan(1.4);
  });

  it('are bounded from above by more than the estimate, most for scripts that are counted badly', () => {
    const margin = (text: string) => maxTokens(text) / estimateTokens(text);
    const arabic = 'تقرير الشركة السنوي عن الإيرادات والمصروفات'.repeat(20);

    expect(margin(arabic)).toBeGreaterThan(margin('plain english text '.repeat(40)));
    expect(margin('plain english text '.repeat(40))).toBeGreaterThanOrEqual(1.3);
  });

  it('grow with the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(estimateTokens(left + right)).toBeGreaterThanOrEqual(estimateTokens(left));
      }),
    );
  });
});
