/** A line of an invoice as somebody has written it down: invoice, date, item, quantity, unit price, amount. */
export type RepairLine = readonly [string, string, string, string, string, string];

export const repairFields = [
  'Invoice',
  'Date',
  'Item',
  'Quantity',
  'Unit price',
  'Amount',
] as const;

/** The statement of a workshop: every line in one form, a credit among them, and a total that agrees. */
export const statementLines: readonly RepairLine[] = [
  ['KW-0401', '2 Feb 2026', 'Wheelset, reprofiled', '4', 'EUR 610.00', 'EUR 2,440.00'],
  ['KW-0401', '2 Feb 2026', 'Axle bearing', '8', 'EUR 214.50', 'EUR 1,716.00'],
  ['KW-0402', '4 Feb 2026', 'Brake block, composite', '96', 'EUR 18.40', 'EUR 1,766.40'],
  ['KW-0403', '9 Feb 2026', 'Buffer plate', '6', 'EUR 132.00', 'EUR 792.00'],
  ['KW-0404', '11 Feb 2026', 'Draw hook, tested', '2', 'EUR 385.00', 'EUR 770.00'],
  ['KW-0405', '16 Feb 2026', 'Brake block, composite', '48', 'EUR 18.40', 'EUR 883.20'],
  ['KW-0406', '18 Feb 2026', 'Door runner, left', '3', 'EUR 96.80', 'EUR 290.40'],
  ['KW-0406', '18 Feb 2026', 'Door runner, right', '3', 'EUR 96.80', 'EUR 290.40'],
  ['KW-0407', '23 Feb 2026', 'Return of two buffer plates', '-2', 'EUR 132.00', 'EUR -264.00'],
  ['KW-0408', '27 Feb 2026', 'Tank wagon, pressure test', '1', 'EUR 1,480.00', 'EUR 1,480.00'],
];
export const statementTotal = 'EUR 10,164.40';

/** The ledger that the depots keep themselves, by sheet. Amounts are typed as each clerk pleased. */
export const ledgerSheets: readonly {
  readonly name: string;
  readonly rows: readonly LedgerRow[];
}[] = [
  {
    name: 'Pell Wharf',
    rows: [
      ['PW-118', '2026-02-03', 'Lamp bracket', 12, 7.25, 87],
      ['PW-119', '2026-02-03', 'Tarpaulin, 18 m', 2, 340, 680],
      ['PW-120', '2026-02-06', 'Hydraulic hose', 5, 41.6, 208],
      ['PW-121', '2026-02-10', 'Hydraulic hose', 5, 41.6, 'EUR 208.00'],
      ['', '', 'Received with the note of 10 February, not checked yet', '', '', ''],
      ['PW-122', '2026-02-13', 'Wheel chock', 20, 9.9, 198],
      ['PW-123', '2026-02-20', 'Signal flag set', 4, 22.5, '90.00 EUR'],
      ['Total', '', '', '', '', 1_471],
    ],
  },
  {
    name: 'Tollen Yard',
    rows: [
      ['TY-077', '2026-02-05', 'Points lubricant, 20 l', 3, 88, 264],
      ['TY-078', '2026-02-12', 'Coupling gauge', 1, 147.3, 147.3],
      ['TY-079', '2026-02-19', 'Grease cartridge', 60, 3.15, 189],
      ['TY-081', '2026-02-26', 'Axle counter head', 2, 512, 1_024],
      ['Total', '', '', '', '', 1_624.3],
    ],
  },
];

/** Cells of a row; an empty text is an empty cell, and a date is one. */
export type LedgerRow = readonly [
  string,
  string,
  string,
  number | '',
  number | '',
  number | string,
];

/** A letter in whose sentences further lines stand. */
export const letter = {
  title: 'Invoices outside the statement',
  opening:
    'Three deliveries reached us after the statement of February was closed. Please enter them with the others.',
  lines: [
    'Invoice: KW-0409; Date: 27 February 2026; Item: Load sensor; Quantity: 2; Unit price: EUR 274.00; Amount: EUR 548.00.',
    'Invoice: KW-0410; Date: 27 February 2026; Item: Sensor cable, 6 m; Quantity: 2; Unit price: EUR 38.50; Amount: EUR 77.00.',
    'Invoice: KW-0411; Date: 28 February 2026; Item: Call-out on a Saturday; Quantity: 1; Unit price: EUR 195.00; Amount: EUR 195.00.',
  ],
  closing: 'The workshop will be closed on 6 March 2026.',
} as const;
