import type { FaultName } from '../fault-names.ts';
import type { Completion } from './completion.ts';
import type { Profile } from './question.ts';

/** Where thinking appears where a provider does not say: in a field of its own, or in tags at the head of the content. */
export type ThinkingMode = 'field' | 'tags';

/** How an answer is written down, whatever the protocol. */
export interface Shape {
  /** Thinking in tags at the head of the content, or with the closing tag forgotten. */
  readonly tags: 'none' | 'closed' | 'open';
  /** Thinking in the fields that the protocol has for it. */
  readonly hasReasoning: boolean;
  /** Each delta holds everything so far. */
  readonly isCumulative: boolean;
  /** Characters of a delta. */
  readonly deltaLength: number;
  readonly role: 'assistant' | '';
  readonly hasChoices: boolean;
  readonly hasFinish: boolean;
  readonly hasDone: boolean;
  readonly hasStreamUsage: boolean;
  /** A JSON body answers a request for a stream. */
  readonly isJsonForStream: boolean;
  /** Another model than the provider's own says that it has answered. */
  readonly otherModel: string | undefined;
  readonly isObserved: boolean;
}

export interface ShapeOptions {
  readonly fault: FaultName | undefined;
  readonly profile: Profile;
  readonly thinking: ThinkingMode;
  /** The how-manieth question this is: what people saw some of the time happens at every second one. */
  readonly arrival: number;
}

/** About as many characters as MiniMax sends at once. */
const deltaLength = 125;
/** Less than a tag is long. */
const shortDeltaLength = 5;

export function shapeOf({ fault, profile, thinking, arrival }: ShapeOptions): Shape {
  const isObserved = profile === 'observed';
  const isTagged = thinking === 'tags' || fault === 'split-think' || fault === 'think-twice';
  return {
    tags: fault === 'open-think' ? 'open' : isTagged ? 'closed' : 'none',
    hasReasoning: fault === 'think-twice' || (!isTagged && fault !== 'open-think'),
    isCumulative: fault === 'cumulative' || (isObserved && arrival % 2 === 0),
    deltaLength: deltaLengthOf(fault),
    role: fault === 'empty-role' || isObserved ? '' : 'assistant',
    hasChoices: fault !== 'no-choices',
    hasFinish: fault !== 'no-finish',
    hasDone: fault !== 'no-done' && fault !== 'no-finish' && !isObserved,
    hasStreamUsage: !isObserved,
    isJsonForStream: fault === 'json-for-stream',
    otherModel: fault === 'other-model' ? 'MiniMax-M1' : undefined,
    isObserved,
  };
}

function deltaLengthOf(fault: FaultName | undefined): number {
  if (fault === 'drip') return 1;
  return fault === 'split-think' ? shortDeltaLength : deltaLength;
}

/** What stands in the field for thinking and what in the one for the answer. */
export function placeThinking(
  { thinking, content }: Pick<Completion, 'thinking' | 'content'>,
  shape: Shape,
): { reasoning: string; content: string } {
  const reasoning = shape.hasReasoning ? thinking : '';
  if (shape.tags === 'none' || thinking === '') return { reasoning, content };
  const closing = shape.tags === 'closed' ? '\n</think>' : '';
  return { reasoning, content: `<think>\n${thinking}${closing}\n\n${content}` };
}

/** Beyond this, text so far is not sent again and again. */
const maxCumulativeLength = 50_000;

/** The pieces of a text as a stream sends them. By characters, not by UTF-16 units, so that no delta ends in half an emoji. */
export function deltasOf(text: string, shape: Shape): string[] {
  const characters = [...text];
  const count = Math.ceil(characters.length / shape.deltaLength);
  const isCumulative = shape.isCumulative && characters.length <= maxCumulativeLength;
  return Array.from({ length: count }, (_, index) =>
    characters
      .slice(isCumulative ? 0 : index * shape.deltaLength, (index + 1) * shape.deltaLength)
      .join(''),
  );
}
