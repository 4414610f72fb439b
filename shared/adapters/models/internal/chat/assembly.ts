import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelReply, ToolCall } from '#shared/ports/language-model.ts';
import { composeReply } from '../compose-reply.ts';
import { baseStatus, type Classify, failed, failureInside, protocolFailure } from '../failures.ts';
import { joinParts } from '../join-parts.ts';
import type { ReplyAssembly } from '../read-reply.ts';
import { CompletionBody, type MessagePart } from './api-schema.ts';
import { usageOf } from './usage.ts';

/** Puts an answer together from a whole completion or from the chunks of a stream. */
export function createAnswerAssembly(classify: Classify): ReplyAssembly {
  const contents: string[] = [];
  const reasonings: string[] = [];
  const tools = createToolCalls();
  let finishReason: string | undefined;
  let model: string | undefined;
  let usage: TokenUsage = {};
  let failure: ModelReply | undefined;

  /** What is wrong with a chunk, if anything is. */
  const failureOf = (chunk: unknown, body: CompletionBody | undefined, known: TokenUsage) => {
    const hasError = body?.error !== undefined && body.error !== null;
    if (baseStatus(chunk) !== undefined || hasError) {
      return failed(failureInside(chunk, { usage: known, classify }));
    }
    return body === undefined ? failed(protocolFailure('a completion', known)) : undefined;
  };
  return {
    add(chunk) {
      const body = CompletionBody.safeParse(chunk).data;
      if (body?.usage) usage = usageOf(body.usage);
      failure = failureOf(chunk, body, usage);
      if (failure !== undefined || body === undefined) return false;
      model = body.model ?? model;
      const choice = body.choices?.[0];
      const part = choice?.message ?? choice?.delta;
      contents.push(part?.content ?? '');
      reasonings.push(reasoningIn(part));
      tools.add(part);
      finishReason = choice?.finish_reason || finishReason;
      return true;
    },
    cut() {
      finishReason = 'length';
    },
    reply() {
      if (failure !== undefined) return failure;
      const parts = { contents, reasonings, toolCalls: tools.list(), finishReason, usage };
      return composeReply({ ...parts, modelAnswered: model }, classify);
    },
  };
}

/** Thinking beside the content, in the one of its fields that is filled. */
function reasoningIn(part: MessagePart | null | undefined): string {
  const details = (part?.reasoning_details ?? []).map(({ text }) => text ?? '').join('');
  return part?.reasoning_content || part?.reasoning || details;
}

/** Calls of functions, which a stream sends in pieces: the name once, the arguments bit by bit, the id maybe never (providers.md Q25). */
function createToolCalls() {
  const calls = new Map<number, { id: string; name: string; parts: string[] }>();
  return {
    add(part: MessagePart | null | undefined): void {
      for (const [position, piece] of (part?.tool_calls ?? []).entries()) {
        const index = piece.index ?? position;
        const call = calls.get(index) ?? { id: '', name: '', parts: [] };
        calls.set(index, {
          id: call.id || (piece.id ?? ''),
          name: call.name || (piece.function?.name ?? ''),
          parts: [...call.parts, piece.function?.arguments ?? ''],
        });
      }
    },
    list: (): ToolCall[] =>
      [...calls.entries()].map(([index, { id, name, parts }]) => ({
        id: id || `call_${index}`,
        name,
        argumentsText: joinParts(parts),
      })),
  };
}
