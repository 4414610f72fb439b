import type { ChatMessage } from '../answers/answer-prompt.ts';
import type { ToolOffer, ToolUse } from './tools.ts';

/** The services that are simulated; the two speeds of one of them are told apart, as two providers. */
export const serviceNames = [
  'cloudflare',
  'runware',
  'runware-highspeed',
  'empiriolabs',
  'cloudsway',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** `strict`: as the provider documents it. `observed`: as people recorded it. */
export type Profile = 'strict' | 'observed';

/** A question as it arrived, ready to be answered, whatever protocol brought it. */
export interface Question {
  /** With the system text first, as a message of its own. */
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  readonly stop?: readonly string[];
  readonly isStreaming: boolean;
  readonly includesUsage: boolean;
  readonly promptTokens: number;
  readonly tools?: readonly ToolOffer[];
  readonly toolUse?: ToolUse;
  /** The answer has to be JSON, of this schema if there is one. */
  readonly json?: { readonly schema?: unknown };
  /** Addresses and long numbers in the answer are masked. */
  readonly isMasked?: boolean;
  /** The web is searched, and the sources are named below the answer. */
  readonly hasSources?: boolean;
}
