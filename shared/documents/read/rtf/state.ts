import type { Destination } from './destinations.ts';
import type { Story } from './story.ts';

/** Where an interpreter puts what it finds. */
export interface RtfSink {
  readonly body: Story;
  storyOf(destination: Destination): Story;
  /** Of RTF that was made of HTML: takes the HTML’s own tags. Without it they are skipped. */
  readonly tags?: Story;
  addPicture(): void;
  addObject(): void;
}

/** What holds until a group ends (RTF 1.9.1, “Groups”). */
export interface Group {
  destination: Destination;
  story: Story;
  /** The group that the destination began with: when it ends, so does the destination. */
  isOwner: boolean;
  isMarked: boolean;
  encoding: string;
  fallbackCount: number;
  isHidden: boolean;
  isDeleted: boolean;
  isInserted: boolean;
  /** Of RTF that was made of HTML: what the HTML does not have (`\htmlrtf`). */
  isRtfOnly: boolean;
  target: string | undefined;
  style: number | undefined;
  outlineLevel: number | undefined;
  isInTable: boolean;
  isTableHeader: boolean;
}

/** Where an interpreter is in a file. */
export interface Walk {
  readonly sink: RtfSink;
  readonly outer: Group[];
  group: Group;
  /** Bytes not decoded yet: a letter may be two bytes, each written by itself. */
  pending: number[];
  /** Characters that stand for the one before in programs that know no Unicode. */
  toSkip: number;
  /** Text of a group that is no text of the document. */
  captured: string;
  title: string;
  author: string;
  encoding: string;
  font: number;
  defaultFont: number | undefined;
  readonly fonts: Map<number, string>;
  readonly levels: Map<number, number>;
}

/** The format with which a file begins. */
export function rootGroup(story: Story): Group {
  return {
    destination: 'body',
    story,
    isOwner: false,
    isMarked: false,
    encoding: 'windows-1252',
    fallbackCount: 1,
    isHidden: false,
    isDeleted: false,
    isInserted: false,
    isRtfOnly: false,
    target: undefined,
    style: undefined,
    outlineLevel: undefined,
    isInTable: false,
    isTableHeader: false,
  };
}
