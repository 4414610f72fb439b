import { describe, expect, it } from '@jest/globals';
import { ExtractTableParams } from '#shared/workflows/extract-table/params.ts';
import { holds } from '#shared/workflows/extract-table/support.ts';
import { looseTags, tagsIn } from '#shared/workflows/extract-table/tags.ts';
import { documentFromLines } from '../../../support/sample-documents.ts';

const fieldsOf = (fields: unknown) => ExtractTableParams.parse({ fields }).fields;

describe('fields', () => {
  it('are names, fields or a JSON Schema', () => {
    const names = [
      { name: 'A', type: 'auto', isRequired: false, isKey: false },
      { name: 'B', type: 'auto', isRequired: false, isKey: false },
    ];
    expect(fieldsOf(['A', 'B'])).toEqual(names);
    expect(fieldsOf('A, B')).toEqual(names);
    expect(fieldsOf(undefined)).toBe('infer');
    expect(
      fieldsOf({
        type: 'object',
        properties: { Day: { type: 'string', format: 'date' }, Sum: { type: ['number', 'null'] } },
        required: ['Day'],
      }),
    ).toMatchObject([
      { name: 'Day', type: 'date', isRequired: true },
      { name: 'Sum', type: 'decimal', isRequired: false },
    ]);
  });

  it('are taken again as they were made', () => {
    const once = ExtractTableParams.parse({ fields: [{ name: 'A', isKey: true }] });
    expect(ExtractTableParams.parse(once)).toEqual(once);
  });

  it.each([[[]], [['A', 'a ']], [7], [{ type: 'object' }], [[{ name: 'A', typ: 'text' }]]])(
    'are refused as %j',
    (fields) => {
      expect(ExtractTableParams.safeParse({ fields }).success).toBe(false);
    },
  );
});

describe('holds', () => {
  it('finds a value as words of its own', () => {
    expect(holds('about 12 pieces', '12')).toBe(true);
    expect(holds('112 pieces', '12')).toBe(false);
    expect(holds('12.5 pieces', '12')).toBe(false);
    expect(holds('EUR12.50', '12.50')).toBe(true);
    expect(holds('Müller & Söhne', 'müller & söhne')).toBe(true);
  });
});

describe('tags', () => {
  it('are numbers that records are called by', () => {
    expect(tagsIn('See SEQ-00017, A-1 and INV_2031.').map(({ text }) => text)).toEqual([
      'SEQ-00017',
      'INV_2031',
    ]);
  });

  it('are loose where a neighbour in the same text has a row and they have none', () => {
    const [unit] = documentFromLines(['SEQ-017 came on Monday, SEQ-018 on Tuesday.']).units;
    expect(unit && looseTags(unit, new Set(['SEQ-017']))).toEqual(['SEQ-018']);
    expect(unit && looseTags(unit, new Set(['Monday']))).toEqual([]);
  });
});
