import type { RedlineInstructions } from '#shared/domain/redline.ts';
import { byline } from './redline-texts.ts';

const plain = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const spaced = (text: string, properties = '') =>
  `<w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const cell = (text: string) => `<w:tc><w:p>${plain(text)}</w:p></w:tc>`;
const row = (...cells: readonly string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`;

/** A small agreement: four paragraphs around a table of two rows. */
export const baseBody = [
  `<w:p>${spaced('The rent is ')}${spaced('1,000', '<w:rPr><w:b/></w:rPr>')}${spaced(' a month.')}</w:p>`,
  `<w:p><w:pPr><w:keepNext/></w:pPr>${plain('Second is moved.')}</w:p>`,
  `<w:p>${plain('Third is struck out.')}</w:p>`,
  `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>${row('Name', 'Price')}${row('Ink', '3')}</w:tbl>`,
  `<w:p>${plain('Fourth stays.')}</w:p>`,
  `<w:p>${plain('Fifth stays too.')}</w:p>`,
].join('');

const body = (paragraph: number) => ({ part: 'body' as const, paragraph });

/** A change of every kind and a remark. */
export const redline: RedlineInstructions = {
  ...byline,
  changes: [
    {
      kind: 'rewrite',
      at: body(1),
      operations: [
        { kind: 'keep', text: 'The rent is ' },
        { kind: 'delete', text: '1,000' },
        { kind: 'insert', text: '1,200' },
        { kind: 'keep', text: ' a month.' },
      ],
    },
    { kind: 'move-paragraph', at: body(2), place: { after: body(8) } },
    { kind: 'delete-paragraph', at: body(3) },
    { kind: 'insert-row', place: { after: body(4) }, cells: [['Pens'], ['2']] },
    { kind: 'delete-row', at: body(6) },
    {
      kind: 'insert-paragraphs',
      place: { before: body(8) },
      paragraphs: [{ text: 'New & first.', like: body(8) }],
    },
  ],
  comments: [{ at: body(1), range: { from: 4, to: 8 }, text: 'Which rent?' }],
};

export const baseTexts: readonly string[] = [
  'The rent is 1,000 a month.',
  'Second is moved.',
  'Third is struck out.',
  'Name',
  'Price',
  'Ink',
  '3',
  'Fourth stays.',
  'Fifth stays too.',
];

export const revisedTexts: readonly string[] = [
  'The rent is 1,200 a month.',
  'Name',
  'Price',
  'Pens',
  '2',
  'New & first.',
  'Fourth stays.',
  'Second is moved.',
  'Fifth stays too.',
];
