import { writeCsv } from '#shared/documents/write/csv.ts';
import { writeDocx } from '#shared/documents/write/docx.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Report } from '#shared/domain/report.ts';
import type { Sheet } from '#shared/domain/workbook.ts';

/** A question with what a right answer holds; `undefined` where no document answers it. */
export interface PlantedQuestion {
  readonly text: string;
  readonly expected: string | undefined;
}

/** Documents made by code, with questions about facts that were planted in them. */
export interface Library {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly questions: readonly PlantedQuestion[];
}

const first =
  'Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple Nettle Oak Poplar Quince Rowan Sorrel Thorn Willow'.split(
    ' ',
  );
const second =
  'Logistics Freight Catering Cleaning Security Software Printing Energy Transport Consulting'.split(
    ' ',
  );
const people =
  'Anna Brandt,Boris Kuhn,Clara Weiss,David Novak,Edith Sorel,Felix Amari,Greta Holm,Hugo Varga'.split(
    ',',
  );

/** Sentences that stand in every document: they are of the same kind as the facts and answer no question. */
const filler = [
  'The parties review the service levels every quarter and keep minutes of what was agreed.',
  'Invoices are sent by the fifth working day and carry the number of the order.',
  'Changes of this agreement need the written form, and so does this clause.',
  'Each party names a deputy who can decide when the other is on leave.',
  'Complaints are answered within 3 working days, by telephone first.',
];

/**
 * As many agreements as wanted, near-duplicates of one another: the same sentences about suppliers whose names share a word, so that only the
 * right document has the answer. Every tenth document is a table of sites. A question in six has no answer.
 */
export async function makeLibrary(documents: number, questions: number): Promise<Library> {
  const files: Library['files'][number][] = [];
  const planted: PlantedQuestion[] = [];
  for (let index = 0; index < documents; index += 1) {
    const made = index % 10 === 9 ? await siteTable(index) : await agreement(index);
    files.push(made.file);
    planted.push(...made.questions);
  }
  const step = planted.length / questions;
  const asked = Array.from({ length: questions }, (_, index) =>
    index % 6 === 5 ? unanswerable(index) : planted[Math.floor(index * step)],
  );
  return { files, questions: asked.filter((each) => each !== undefined) };
}

interface Made {
  readonly file: Library['files'][number];
  readonly questions: readonly PlantedQuestion[];
}

function nameOf(index: number): string {
  return `${first[index % first.length]} ${second[Math.floor(index / first.length) % second.length]}`;
}

async function agreement(index: number): Promise<Made> {
  const name = nameOf(index);
  const fee = `EUR ${(1_000 + index * 137).toLocaleString('en-US')}`;
  const notice = `${20 + index} days`;
  const begin = `${1 + (index % 28)} March ${2020 + (index % 6)}`;
  const person = people[index % people.length] ?? '';
  const insured = `EUR ${(500_000 + index * 1_250).toLocaleString('en-US')}`;
  const sections: readonly (readonly [string, string])[] = [
    ['Price', `The monthly fee is ${fee}. ${filler[1]}`],
    [
      'Term',
      `The agreement begins on ${begin}. It can be ended with a notice period of ${notice}.`,
    ],
    ['Contacts', `${filler[3]} The responsible manager is ${person}. ${filler[4]}`],
    ['Liability', `The provider is insured for ${insured}. ${filler[2]}`],
    ['Service', `${filler[0]}`],
  ];
  const title = `Agreement with ${name}`;
  const bytes = index % 4 === 1 ? await asDocx(title, sections) : asMarkdown(title, sections);
  const extension = index % 4 === 1 ? 'docx' : 'md';
  return {
    file: { name: `${title.toLowerCase().replaceAll(' ', '-')}.${extension}`, bytes },
    questions: [
      { text: `What is the monthly fee of ${name}?`, expected: fee },
      { text: `What is the notice period of ${name}?`, expected: notice },
      { text: `When does the agreement with ${name} start?`, expected: begin },
      { text: `Who is the responsible head at ${name}?`, expected: person },
      { text: `For what sum is ${name} insured?`, expected: insured },
    ],
  };
}

async function siteTable(index: number): Promise<Made> {
  const sites = Array.from({ length: 12 }, (_, row) => ({
    site: `Port${first[(index + row) % first.length]?.toLowerCase()}${index}`,
    employees: String(30 + index * 3 + row * 11),
    certified: `${2027 + (row % 3)}-0${1 + (row % 9)}-15`,
  }));
  const sheet: Sheet = {
    name: `Sites ${index}`,
    columns: ['Site', 'Employees', 'Certified until'].map((title) => ({ title, type: 'text' })),
    rows: sites.map(({ site, employees, certified }) =>
      [site, employees, certified].map((text) => ({ kind: 'text', text })),
    ),
  };
  const isCsv = index % 20 === 9;
  const bytes = isCsv
    ? writeCsv(sheet)
    : (await writeXlsx({ title: 'Sites', language: 'en', sheets: [sheet] })).bytes;
  return {
    file: { name: `sites-${index}.${isCsv ? 'csv' : 'xlsx'}`, bytes },
    questions: sites.slice(0, 3).flatMap(({ site, employees, certified }) => [
      { text: `How many employees does the site ${site} have?`, expected: employees },
      { text: `Until when is ${site} certified?`, expected: certified },
    ]),
  };
}

/** Of suppliers that are there, or of a kind of fact that is there, but never both. */
function unanswerable(index: number): PlantedQuestion {
  const texts = [
    `What parking allowance does ${nameOf(index)} grant its drivers?`,
    `What is the monthly fee of Zenith Partners?`,
    `Which court has jurisdiction over ${nameOf(index)}?`,
    `How many employees does the site Atlantis have?`,
  ];
  return { text: texts[Math.floor(index / 6) % texts.length] ?? '', expected: undefined };
}

function asMarkdown(title: string, sections: readonly (readonly [string, string])[]): Uint8Array {
  const lines = sections.flatMap(([heading, text]) => [`## ${heading}`, '', text, '']);
  return new TextEncoder().encode([`# ${title}`, '', ...lines].join('\n'));
}

function asDocx(
  title: string,
  sections: readonly (readonly [string, string])[],
): Promise<Uint8Array> {
  const report: Report = {
    title,
    language: 'en',
    blocks: sections.flatMap(([text, paragraph]) => [
      { kind: 'heading', level: 1, text },
      { kind: 'paragraph', runs: [{ text: paragraph }] },
    ]),
    colophon: [],
  };
  return writeDocx(report, []);
}
