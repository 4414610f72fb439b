import { writeDocx } from '#shared/documents/write/docx.ts';
import type { Report, ReportBlock } from '#shared/domain/report.ts';

const pages = 100;
const sentencesPerPage = 28;

const subjects = [
  'The depot',
  'The board',
  'The northern line',
  'The workshop',
  'The port',
  'The works council',
];
const verbs = ['handled', 'reported', 'approved', 'postponed', 'sold', 'repaired'];
const objects = ['wagons', 'contracts', 'complaints', 'orders', 'tons of gravel', 'inspections'];
const reasons = [
  'because the tunnel stayed closed for longer than the plan had foreseen',
  'after the new signalling system had been taken into service',
  'although prices for energy rose again in the second half of the year',
  'which is in line with what the supervisory board had been told in spring',
];

/** A report of a hundred pages of prose, about 500 words each, no two sentences the same. */
export async function writeHundredPages(): Promise<Uint8Array> {
  const blocks = Array.from({ length: pages }, (_, index) => page(index + 1)).flat();
  const report: Report = {
    title: 'A hundred pages on the year',
    language: 'en',
    blocks,
    colophon: [],
  };
  return await writeDocx(report, []);
}

function page(number: number): ReportBlock[] {
  const sentences = Array.from({ length: sentencesPerPage }, (_, index) => sentence(number, index));
  const half = sentencesPerPage / 2;
  return [
    { kind: 'heading', level: number % 10 === 1 ? 1 : 2, text: `Section ${number}` },
    { kind: 'paragraph', runs: [{ text: sentences.slice(0, half).join(' ') }] },
    { kind: 'paragraph', runs: [{ text: sentences.slice(half).join(' ') }] },
  ];
}

function sentence(number: number, index: number): string {
  const at = (list: readonly string[], step: number) => list[(number * step + index) % list.length];
  const amount = number * 1_000 + index * 37;
  return `${at(subjects, 1)} ${at(verbs, 5)} ${amount} ${at(objects, 7)} in week ${index + 1}, ${at(reasons, 3)}.`;
}
