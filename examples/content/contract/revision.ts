import { type Article, type Clause, firstArticles } from './clauses.ts';
import { fees, feeTable, lastArticles } from './later-clauses.ts';

/** What a version of the contract is made of. */
export interface ContractText {
  readonly firstArticles: readonly Article[];
  readonly fees: Article;
  readonly feeTable: readonly (readonly string[])[];
  readonly lastArticles: readonly Article[];
}

/** A difference that was put into the second version on purpose. */
export interface PlantedEdit {
  readonly type: 'changed' | 'added' | 'deleted' | 'moved' | 'moved and changed';
  /** Words of the paragraph or row in the first version, enough to tell it from others. */
  readonly before: string;
  /** What stands there in the second; of a changed paragraph only the new words. */
  readonly after: string;
  readonly isMaterial: boolean;
}

/** What was negotiated: twelve changes within paragraphs, one in the table, four new or gone, and three moves. */
export const plantedEdits: readonly PlantedEdit[] = [
  change('“Base Volume” means 5,200 Trays', '“Base Volume” means 4,900 Trays', true),
  change(
    'runs for four years, until 31 March 2030',
    'runs for five years, until 31 March 2031',
    true,
  ),
  change('lost or damaged in its keeping', 'damaged or lost in its keeping', false),
  change(
    'keep enough instruments for a turnaround of 24 hours',
    'keep enough instruments for a turnaround of 36 hours',
    true,
  ),
  change('at least 98.5 % of all Trays', 'at least 97 % of all Trays', true),
  change(
    'Service Credits are limited to 12 % of the Monthly Fee',
    'Service Credits are limited to 8 % of the Monthly Fee',
    true,
  ),
  change('Invoices are due 30 days after receipt', 'Invoices are due 14 days after receipt', true),
  change('by no more than 3 % in any year', 'by no more than 5 % in any year', true),
  change(
    'after the written consent of the Trust, and is liable',
    'without the consent of the Trust, and is liable',
    true,
  ),
  change('and for five years afterwards', 'and for two years afterwards', true),
  change(
    'is limited to €1,555,200 in each contract year, which is 150 %',
    'is limited to €1,036,800 in each contract year, which is 100 %',
    true,
  ),
  change(
    'Neither party is liable for lost profit.',
    'Neither party is liable for loss of profit.',
    false,
  ),
  {
    type: 'changed',
    before: 'Urgent Collection | Per collection',
    after: '175.00',
    isMaterial: true,
  },
  {
    type: 'deleted',
    before: 'The Trust may end this contract without cause on six months’',
    after: '',
    isMaterial: true,
  },
  {
    type: 'deleted',
    before: 'every question about where a Tray is gets an answer',
    after: '',
    isMaterial: true,
  },
  {
    type: 'added',
    before: '',
    after:
      'If the Trust pays late twice in a year, the Provider may ask for a deposit of one Monthly Fee.',
    isMaterial: true,
  },
  { type: 'added', before: '', after: 'Express delivery by courier', isMaterial: true },
  {
    type: 'moved',
    before: 'Instruments that the Trust has borrowed from a manufacturer',
    after: 'Instruments that the Trust has borrowed from a manufacturer',
    isMaterial: false,
  },
  {
    type: 'moved',
    before: 'Headings are for convenience and do not affect the meaning.',
    after: 'Headings are for convenience and do not affect the meaning.',
    isMaterial: false,
  },
  {
    type: 'moved and changed',
    before: 'The Trust may inspect the plant and the records at any time',
    after: 'with notice of five Working Days',
    isMaterial: true,
  },
];

/** The second version of the contract, as the Provider sends it back. */
export function revisedContract(): ContractText {
  const text = { firstArticles, fees, feeTable, lastArticles };
  return withTable(withMoves(withDeletions(withChanges(text))));
}

function change(before: string, after: string, isMaterial: boolean): PlantedEdit {
  return { type: 'changed', before, after, isMaterial };
}

function withChanges(text: ContractText): ContractText {
  const edits = plantedEdits.filter(
    ({ type, before }) => type === 'changed' && !before.includes('|'),
  );
  const rewrite = (sentence: string) =>
    edits.reduce((changed, { before, after }) => changed.replace(before, after), sentence);
  return mapArticles(text, (article) => ({
    ...article,
    clauses: article.clauses.map((clause) =>
      typeof clause === 'string'
        ? rewrite(clause)
        : { text: rewrite(clause.text), parts: clause.parts.map(rewrite) },
    ),
  }));
}

function withDeletions(text: ContractText): ContractText {
  const gone = plantedEdits.filter(({ type }) => type === 'deleted').map(({ before }) => before);
  const stays = (sentence: string) => gone.every((words) => !sentence.startsWith(words));
  return mapArticles(text, (article) => ({
    ...article,
    clauses: article.clauses
      .filter((clause) => stays(textOf(clause)))
      .map((clause) =>
        typeof clause === 'string' ? clause : { ...clause, parts: clause.parts.filter(stays) },
      ),
  }));
}

/** Three paragraphs stand elsewhere, one of them with other words; and one is new. */
function withMoves(text: ContractText): ContractText {
  const moves = [
    { words: 'Instruments that the Trust has borrowed', to: 'Duties of the Trust' },
    { words: 'Headings are for convenience', to: 'Final provisions' },
    { words: 'The Trust may inspect the plant', to: 'Staff and subcontractors' },
  ];
  const all = [...text.firstArticles, ...text.lastArticles].flatMap(({ clauses }) => clauses);
  const isMoved = (clause: Clause) => moves.some(({ words }) => textOf(clause).startsWith(words));
  const added = plantedEdits.find(({ after }) => after.startsWith('If the Trust pays late'));
  return mapArticles(text, (article) => {
    const own = article.clauses.filter((clause) => !isMoved(clause));
    const arrivals = moves
      .filter(({ to }) => to === article.title)
      .flatMap(({ words }) => all.filter((clause) => textOf(clause).startsWith(words)))
      .map((clause) =>
        typeof clause === 'string'
          ? clause.replace('with notice of one Working Day', 'with notice of five Working Days')
          : clause,
      );
    const more = article.title === 'Fees and payment' && added !== undefined ? [added.after] : [];
    return { ...article, clauses: [...own, ...arrivals, ...more] };
  });
}

function withTable(text: ContractText): ContractText {
  const rows = text.feeTable.map((row) =>
    row[0] === 'Urgent Collection' ? row.map((cell) => cell.replace('145.00', '175.00')) : row,
  );
  const added = ['Express delivery by courier', 'Per delivery', '89.00', 'as used'];
  return { ...text, feeTable: [...rows.slice(0, -1), added, ...rows.slice(-1)] };
}

function mapArticles(text: ContractText, map: (article: Article) => Article): ContractText {
  return {
    ...text,
    firstArticles: text.firstArticles.map(map),
    fees: map(text.fees),
    lastArticles: text.lastArticles.map(map),
  };
}

function textOf(clause: Clause): string {
  return typeof clause === 'string' ? clause : clause.text;
}
