import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineDocx, redlineParagraphs } from '#shared/documents/edit/redline.ts';
import type { Document } from '#shared/domain/document.ts';
import type { RedlineParagraph } from '#shared/domain/redline.ts';
import { partsOfParagraphs } from '#shared/workflows/compare-contracts/lines-of-paragraphs.ts';
import { type PairedPart, pairParts } from '#shared/workflows/compare-contracts/paired-parts.ts';
import { draftRedline, type LineRemark } from '#shared/workflows/compare-contracts/redline.ts';
import { byline } from './redline-texts.ts';
import { documentFromLines } from './sample-documents.ts';

/** Two DOCX files aligned, and the redline that makes the one the other, with a remark on every line. */
export function compareDocx(base: Uint8Array, revised: Uint8Array) {
  const paired = pairParts(partsOf(base), partsOf(revised));
  const drafted = draftRedline(paired, remarksOn(paired), byline);
  const result = redlineDocx(base, drafted.instructions);
  return {
    ...drafted,
    paired,
    rejected: rejectedTexts(result),
    accepted: acceptedTexts(result),
    /** Text that the base has no place for; then to accept all is not all. */
    isLossy: drafted.remarks.some((sentence) => sentence.includes('not in the redline')),
  };
}

/** Texts of a redline as it reads when everything is accepted, or rejected. */
export function acceptedTexts(redline: Uint8Array): string[] {
  return textsOf(acceptAll(redline));
}
export function rejectedTexts(redline: Uint8Array): string[] {
  return textsOf(rejectAll(redline));
}

/** Texts of a DOCX that are not empty, with the part that they stand in; headers in any order. */
export function textsOf(bytes: Uint8Array): string[] {
  const paragraphs = redlineParagraphs(bytes).filter(({ text }) => text !== '');
  const lineOf = ({ at, text }: RedlineParagraph) => `${at.part}: ${text}`;
  const isRunning = ({ at }: RedlineParagraph) => at.part === 'header' || at.part === 'footer';
  return [
    ...paragraphs.filter((each) => !isRunning(each)).map(lineOf),
    ...paragraphs.filter(isRunning).map(lineOf).sort(),
  ];
}

function partsOf(bytes: Uint8Array) {
  const empty: Document = documentFromLines([]);
  return partsOfParagraphs(empty, redlineParagraphs(bytes));
}

function remarksOn(parts: readonly PairedPart[]): LineRemark[] {
  return parts.flatMap(({ base, revised, pairs }, part) => {
    const moved = new Set(pairs.filter(({ isMoved }) => isMoved).map((pair) => pair.revised));
    const old = base?.lines.map((_, line) => ({ part, base: line, isMoved: false, text: 'Old.' }));
    const now = revised?.lines.map((_, line) => ({
      part,
      revised: line,
      isMoved: moved.has(line),
      text: 'New.',
    }));
    return [...(old ?? []), ...(now ?? [])];
  });
}
