import type { ChatMessage } from '../answers/answer-prompt.ts';
import { sampleOf } from '../answers/sample.ts';

/** A function that a question offers. */
export interface ToolOffer {
  readonly name: string;
  /** JSON Schema of its arguments. */
  readonly parameters: unknown;
}

export type ToolUse = 'auto' | 'none' | 'required' | { readonly name: string };

/** A function that the answer asks for. */
export interface ToolCall {
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/** Calls a tool where the last message says `call the tool <name>`, or where the question demands it. */
export function chooseTool(asked: {
  messages: readonly ChatMessage[];
  tools?: readonly ToolOffer[];
  toolUse?: ToolUse;
}): ToolCall | undefined {
  const { messages, tools = [], toolUse = 'auto' } = asked;
  const last = messages.at(-1);
  if (last?.role !== 'user' || toolUse === 'none') return undefined;
  const named = typeof toolUse === 'object' ? toolUse.name : nameIn(last.content);
  const found = tools.find(({ name }) => name === named);
  const tool = toolUse === 'required' ? (found ?? tools[0]) : found;
  if (tool === undefined) return undefined;
  return { name: tool.name, arguments: JSON.stringify(sampleOf(tool.parameters)) };
}

function nameIn(text: string): string | undefined {
  return /call the tool ["'`]?([\w.-]*\w)/i.exec(text)?.[1];
}
