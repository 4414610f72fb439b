import type { XmlElement } from '../../xml.ts';
import type { Links } from '../inline-text.ts';
import { targetOfInstruction } from './field-codes.ts';
import { shownByFormField } from './form-fields.ts';

/**
 * Fields (`w:fldChar`) consist of an instruction and a result, may be nested, and may go on over paragraphs. Only results are read.
 * Positions are characters of the paragraph's text so far.
 */
export interface Fields {
  see(fieldCharacter: XmlElement, position: number): EndedField | undefined;
  /** Part of the instruction (`w:instrText`). */
  addInstruction(text: string): void;
  isInInstruction(): boolean;
  /** Text within an instruction, for example the result of a field that a condition compares. */
  addOperand(text: string): void;
  /** Whether the text here is the number of a page, or of pages. */
  isInPageNumber(): boolean;
  /** An instruction does not go on in the next paragraph; a field that was never completed must not swallow the rest. */
  endParagraph(position: number): { readonly links: Readonly<Links>; readonly unfinished: string };
}

export interface EndedField {
  readonly link: Links[number] | undefined;
  /** What a check box or a list shows whose field has no result. */
  readonly shown: string;
}

export function createFields(): Fields {
  const open: OpenField[] = [];
  // Those nested too deep are looked through, so that a hostile file cannot pile them up.
  let ignoredCount = 0;
  let operands = '';
  const isInInstruction = () => open.some((field) => field.isInstruction);
  const settle = () => {
    if (!isInInstruction()) operands = '';
  };
  const begin = (character: XmlElement, position: number) => {
    if (open.length >= maxDepth) ignoredCount += 1;
    else open.push(openField(character, position));
  };
  const separate = (position: number) => {
    const field = open.at(-1);
    if (field === undefined || !field.isInstruction) return;
    field.isInstruction = false;
    field.from = position;
    settle();
  };
  const end = (position: number) => {
    if (ignoredCount > 0) {
      ignoredCount -= 1;
      return undefined;
    }
    const field = open.pop();
    settle();
    return field === undefined ? undefined : endedField(field, position);
  };
  return {
    isInInstruction,
    see(character, position) {
      const type = character.attributes['w:fldCharType'];
      if (type === 'begin') begin(character, position);
      else if (type === 'end') return end(position);
      else if (type === 'separate' && ignoredCount === 0) separate(position);
      return undefined;
    },
    addInstruction(text) {
      const field = open.at(-1);
      if (field?.isInstruction !== true) return;
      if (field.instruction.length < maxInstructionLength) field.instruction += text;
    },
    addOperand(text) {
      operands += text;
    },
    isInPageNumber: () => open.some((field) => isPageNumber(field.instruction)),
    endParagraph(position) {
      if (open.length === 0) return nothing;
      const links = open
        .map((field) => linkOf(field, position))
        .filter((link) => link !== undefined);
      const unfinished = isInInstruction() ? operands : '';
      operands = '';
      for (const field of open) {
        field.isInstruction = false;
        field.from = 0;
      }
      return { links, unfinished };
    },
  };
}

/** `PAGE`, `NUMPAGES` or `SECTIONPAGES`, the fields that count pages. */
export function isPageNumber(instruction: string): boolean {
  return /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b/i.test(instruction);
}

interface OpenField {
  isInstruction: boolean;
  instruction: string;
  /** Where its result begins in the paragraph at hand. */
  from: number;
  readonly shown: string;
}

/** Word itself nests twenty. */
const maxDepth = 50;
const maxInstructionLength = 5_000;
const nothing = { links: [], unfinished: '' };

function openField(character: XmlElement, position: number): OpenField {
  return {
    isInstruction: true,
    instruction: '',
    from: position,
    shown: shownByFormField(character),
  };
}

function endedField(field: OpenField, position: number): EndedField {
  const hasResult = !field.isInstruction && position > field.from;
  return { link: linkOf(field, position), shown: hasResult ? '' : field.shown };
}

function linkOf(field: OpenField, position: number): Links[number] | undefined {
  if (field.isInstruction || position <= field.from) return undefined;
  const target = targetOfInstruction(field.instruction);
  return target === undefined ? undefined : { from: field.from, to: position, target };
}
