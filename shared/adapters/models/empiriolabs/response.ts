import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelAnswer, ModelReply } from '#shared/ports/language-model.ts';
import { splitThinking } from '../internal/thinking.ts';
import { CompletionBody } from './api-schema.ts';
import { failureInside, protocolFailure } from './errors.ts';
import { usageOf } from './usage.ts';

/** Puts an answer together from a whole completion or from the chunks of a stream. */
export interface AnswerAssembly {
  /** Takes a chunk as it came from JSON; `false` where it holds an error and nothing more is to be read. */
  add(chunk: unknown): boolean;
  /** The reply, when all has come. Without a finish reason the answer was cut: never a clean end. */
  reply(): ModelReply;
}

export function createAnswerAssembly(): AnswerAssembly {
  let content = '';
  let separateThinking = 0;
  let finishReason: string | undefined;
  let model: string | undefined;
  let usage: TokenUsage = {};
  let failed: CompletionBody | undefined;
  let isUnreadable = false;

  return {
    add(chunk) {
      const parsed = CompletionBody.safeParse(chunk);
      isUnreadable ||= !parsed.success;
      if (!parsed.success) return false;
      const body = parsed.data;
      if (body.usage) usage = usageOf(body.usage);
      model = body.model ?? model;
      if (isFailure(body)) {
        failed = body;
        return false;
      }
      const choice = body.choices?.[0];
      const part = choice?.message ?? choice?.delta;
      content += part?.content ?? '';
      separateThinking += thinkingOf(part);
      finishReason = choice?.finish_reason ?? finishReason;
      return true;
    },
    reply() {
      if (failed !== undefined) return failure(failureInside(failed, usage));
      if (isUnreadable) return failure(protocolFailure('a completion', usage));
      if (finishReason === undefined)
        return failure(protocolFailure('a finish reason at the end', usage));
      if (finishReason === 'error' || finishReason === 'abort') {
        return failure(failureInside({}, usage));
      }
      const split = splitThinking(content);
      return {
        isAnswer: true,
        answer: {
          text: split.text,
          thinkingLength: split.thinkingLength + separateThinking,
          finishReason: finishReasonOf(finishReason),
          usage,
          modelAnswered: model,
        },
      };
    },
  };
}

function isFailure(body: CompletionBody): boolean {
  const status = body.base_resp?.status_code ?? 0;
  return status !== 0 || (body.error !== undefined && body.error !== null);
}

/** Thinking beside the content. Cumulative or incremental, once or twice: only its size is of interest, and that only roughly. */
function thinkingOf(
  part:
    | {
        reasoning_content?: string | null | undefined;
        reasoning_details?: { text?: string | null | undefined }[] | null | undefined;
      }
    | null
    | undefined,
): number {
  const details = part?.reasoning_details ?? [];
  const inDetails = details.reduce((sum, detail) => sum + (detail.text?.length ?? 0), 0);
  return part?.reasoning_content?.length ?? inDetails;
}

function failure(reason: Extract<ModelReply, { isAnswer: false }>['failure']): ModelReply {
  return { isAnswer: false, failure: reason };
}

function finishReasonOf(reason: string): ModelAnswer['finishReason'] {
  switch (reason) {
    case 'stop':
    case 'length':
    case 'tool_calls':
    case 'content_filter':
      return reason;
    default:
      return 'other';
  }
}
