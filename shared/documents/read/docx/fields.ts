import type { XmlElement } from '../../xml.ts';

/** Fields (`w:fldChar`) consist of an instruction and a result, may be nested, and may go on over paragraphs. Only results are read. */
export interface Fields {
  see(fieldCharacter: XmlElement): void;
  isInInstruction(): boolean;
  /** An instruction does not go on in the next paragraph; a field that was never completed must not swallow the rest. */
  endParagraph(): void;
}

export function createFields(): Fields {
  const open: ('instruction' | 'result')[] = [];
  let instructionCount = 0;
  const set = (state: 'result' | undefined) => {
    if (open.pop() === 'instruction') instructionCount -= 1;
    if (state !== undefined) open.push(state);
  };
  return {
    see({ attributes }) {
      const type = attributes['w:fldCharType'];
      if (type === 'begin') {
        open.push('instruction');
        instructionCount += 1;
      } else if (open.length > 0) {
        set(type === 'separate' ? 'result' : undefined);
      }
    },
    isInInstruction: () => instructionCount > 0,
    endParagraph() {
      if (instructionCount === 0) return;
      open.fill('result');
      instructionCount = 0;
    },
  };
}
