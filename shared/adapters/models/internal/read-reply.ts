import type { ModelReply } from '#shared/ports/language-model.ts';
import type { RequestWatch } from './deadlines.ts';
import { readEvents } from './event-stream.ts';
import type { Exchange } from './exchange.ts';
import { failed, member, protocolFailure } from './failures.ts';
import { createLoopDetector } from './loop-detector.ts';
import { parseJson } from './parse-json.ts';

/** Puts a reply together from one body or from the events of a stream. */
export interface ReplyAssembly {
  /** Takes a body or the data of an event as they came from JSON; `false` where nothing more is to be read. */
  add(data: unknown): boolean;
  /** The model says the same over and over, and is not listened to any longer: what has come counts as cut. */
  cut(): void;
  /** The reply, when all has come. */
  reply(): ModelReply;
}

/** Reads a reply, which may be one body also where a stream was asked for (providers.md Q34). */
export async function readReply(
  response: Response,
  { watch }: Pick<Exchange, 'watch'>,
  assembly: ReplyAssembly,
): Promise<ModelReply> {
  const contentType = response.headers.get('content-type') ?? '';
  if (contentType.includes('json')) {
    assembly.add(parseJson(await response.text()));
    return assembly.reply();
  }
  if (!contentType.includes('text/event-stream')) {
    return failed(protocolFailure('an event stream or JSON', {}));
  }
  const loops = createLoopDetector();
  try {
    for await (const { data } of readEvents(response)) {
      watch.alive();
      if (!assembly.add(data)) break;
      if (!loops.add(textIn(data))) continue;
      assembly.cut();
      break;
    }
    watch.signal.throwIfAborted();
    return assembly.reply();
  } catch (error) {
    if (watch.signal.aborted && watch.timeout() === undefined) throw error;
    return replyAfterBreak(assembly.reply(), watch, error);
  }
}

/** The new text in an event of any of the protocols; thinking may go in circles. */
function textIn(data: unknown): string {
  const choices = member(data, 'choices');
  const delta = member(Array.isArray(choices) ? choices[0] : data, 'delta');
  const isThinking = /reasoning/.test(String(member(data, 'type')));
  const text = [delta, member(delta, 'content'), member(delta, 'text')].find(
    (each) => typeof each === 'string',
  );
  return typeof text === 'string' && !isThinking ? text : '';
}

/** Some leave the connection open, or drop it, after the answer has ended (providers.md Q16). Before its end it was cut. */
function replyAfterBreak(reply: ModelReply, watch: RequestWatch, error: unknown): ModelReply {
  if (reply.isAnswer) return reply;
  if (watch.timeout() !== undefined) throw error;
  return failed(protocolFailure('a stream that ends properly', reply.failure.usage));
}
