import fc from 'fast-check';
import { makeDocx } from './office-files.ts';

/** A piece of a contract from which a DOCX is made. */
export type ContractBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly box?: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

/** A DOCX of the blocks, with a header and footnotes. */
export function docxOf(
  blocks: readonly ContractBlock[],
  { header = 'Contract', notes = ['A note.'] }: { header?: string; notes?: readonly string[] } = {},
): Uint8Array {
  return makeDocx({
    body: `${blocks.map(blockXml).join('')}<w:p/><w:sectPr/>`,
    headers: [paragraphXml(header)],
    footnotes: notes
      .map((text, index) => `<w:footnote w:id="${index + 2}">${paragraphXml(text)}</w:footnote>`)
      .join(''),
  });
}

function blockXml(block: ContractBlock): string {
  if (block.kind === 'paragraph') return paragraphXml(block.text, block.box);
  const rows = block.rows.map(
    (cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraphXml(cell)}</w:tc>`).join('')}</w:tr>`,
  );
  return `<w:tbl>${rows.join('')}</w:tbl>`;
}

function paragraphXml(text: string, box?: string): string {
  const run = `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const hanging =
    box === undefined
      ? ''
      : `<w:r><w:pict><w:txbxContent>${paragraphXml(box)}</w:txbxContent></w:pict></w:r>`;
  return `<w:p>${run}${hanging}</w:p>`;
}

const word = fc.constantFrom(
  ...'the buyer supplier shall may pay deliver within 30 14 days of receipt notice fee price term ends liability is limited to 5,000 secret data court law not each party writing month invoice'.split(
    ' ',
  ),
);
const sentence = fc
  .array(word, { minLength: 1, maxLength: 18 })
  .map((words) => `${words.join(' ')}.`);
const row = fc.array(
  fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const block: fc.Arbitrary<ContractBlock> = fc.oneof(
  { weight: 6, arbitrary: sentence.map((text) => ({ kind: 'paragraph' as const, text })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.oneof(fc.constant(''), sentence), sentence)
      .map(([text, box]) => ({ kind: 'paragraph' as const, text, box })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(row, { minLength: 1, maxLength: 4 })
      .map((rows) => ({ kind: 'table' as const, rows })),
  },
);

type Edit = (blocks: readonly ContractBlock[], at: number) => readonly ContractBlock[];

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.constant<Edit>((blocks, at) => blocks.toSpliced(at, 1)),
  block.map(
    (added): Edit =>
      (blocks, at) =>
        blocks.toSpliced(at, 0, added),
  ),
  fc.nat().map(
    (to): Edit =>
      (blocks, at) => {
        const without = blocks.toSpliced(at, 1);
        return without.toSpliced(to % (without.length + 1), 0, ...blocks.slice(at, at + 1));
      },
  ),
  sentence.map(
    (text): Edit =>
      (blocks, at) =>
        blocks.with(at, edited(blocks[at], text)),
  ),
);

function edited(old: ContractBlock | undefined, text: string): ContractBlock {
  if (old?.kind === 'table') {
    const middle = Math.floor(old.rows.length / 2);
    const isEven = text.length % 2 === 0;
    return {
      kind: 'table',
      rows: isEven
        ? [...old.rows.slice(0, middle), [text], ...old.rows.slice(middle)]
        : old.rows.map((cells, index) => (index === middle ? [text, ...cells.slice(1)] : cells)),
    };
  }
  const words = (old?.text ?? '').split(' ');
  const isBox = old?.box !== undefined && text.length % 3 === 0;
  if (isBox) return { kind: 'paragraph', text: old.text, box: text };
  const changed = [...words.slice(0, -2), text.split(' ')[0] ?? '', ...words.slice(-1)].join(' ');
  return { ...(old ?? { kind: 'paragraph' }), text: changed };
}

/** A contract and an edited version of it: pieces put in, taken out, moved and changed. */
export const contractVersions: fc.Arbitrary<{
  readonly base: readonly ContractBlock[];
  readonly revised: readonly ContractBlock[];
}> = fc
  .tuple(
    fc.array(block, { minLength: 1, maxLength: 14 }),
    fc.array(fc.tuple(edit, fc.nat()), { maxLength: 6 }),
  )
  .map(([base, edits]) => ({
    base,
    revised: edits.reduce<readonly ContractBlock[]>(
      (blocks, [apply, at]) => (blocks.length === 0 ? blocks : apply(blocks, at % blocks.length)),
      base,
    ),
  }));
