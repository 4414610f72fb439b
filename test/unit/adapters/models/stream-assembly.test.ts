import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMessagesAssembly } from '#shared/adapters/models/empiriolabs/response-messages.ts';
import { createResponsesAssembly } from '#shared/adapters/models/empiriolabs/response-responses.ts';
import { createAnswerAssembly } from '#shared/adapters/models/internal/chat/assembly.ts';
import { defaultTimeouts, watchRequest } from '#shared/adapters/models/internal/deadlines.ts';
import { type ReplyAssembly, readReply } from '#shared/adapters/models/internal/read-reply.ts';
import { createTaskAssembly } from '#shared/adapters/models/runware/response.ts';
import { createPollClock, requestId } from '../../../support/models.ts';
import { delta, eventText, namedEventText, usageChunk } from '../../../support/scripted-server.ts';

/** How a protocol streams a text of the given pieces, thinking among them. */
interface Protocol {
  readonly name: string;
  readonly create: () => ReplyAssembly;
  readonly stream: (pieces: readonly string[]) => string;
}

const task = { taskType: 'textInference', taskUUID: requestId };
const protocols: readonly Protocol[] = [
  {
    name: 'chat',
    create: () => createAnswerAssembly(() => undefined),
    stream: (pieces) =>
      eventText([
        ...pieces.map((content) => delta({ content })),
        delta({}, 'stop'),
        usageChunk(20, 9),
      ]),
  },
  {
    name: 'runware',
    create: () => createTaskAssembly(requestId),
    stream: (pieces) =>
      eventText([
        ...pieces.map((text) => ({ ...task, delta: { text }, finishReason: null })),
        { ...task, delta: {}, finishReason: 'stop', cost: 0.001 },
      ]),
  },
  {
    name: 'responses',
    create: createResponsesAssembly,
    stream: (pieces) =>
      namedEventText([
        ...pieces.map((text) => ({ type: 'response.output_text.delta', delta: text })),
        { type: 'response.completed', response: { status: 'completed', output: [] } },
      ]),
  },
  {
    name: 'messages',
    create: createMessagesAssembly,
    stream: (pieces) =>
      namedEventText([
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        ...pieces.map((text) => ({
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'text_delta', text },
        })),
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
        { type: 'message_stop' },
      ]),
  },
];

/** Reads a stream whose bytes come in the given pieces. */
async function read({ create }: Protocol, text: string, cuts: readonly number[]) {
  const pieces = cutAt(Buffer.from(text), cuts);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const watch = watchRequest(createPollClock(), defaultTimeouts, new AbortController().signal);
  const reply = await readReply(response, { watch }, create());
  watch.stop();
  return reply;
}

/** Slices at positions that are taken modulo the length. */
function cutAt<Sliceable extends { length: number; slice(from: number, to: number): Sliceable }>(
  whole: Sliceable,
  cuts: readonly number[],
): Sliceable[] {
  const inside = cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b);
  const bounds = [0, ...inside, whole.length];
  return bounds.slice(1).map((bound, index) => whole.slice(bounds[index] ?? 0, bound));
}

const cuts = fc.array(fc.nat(10_000), { maxLength: 20 });
/** An answer that may hold anything, tags of thinking included, in a JSON string. */
const answers = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('<think>a</think>', '</think>{"', 'Zürich — 名 🚂', '[DONE]', 'data: {}\n\n'),
  )
  .map((text) => JSON.stringify({ text }));
/** Thinking in every form that it has at the head of an answer; the opening tag may be missing. */
const heads = fc.constantFrom(
  '',
  '<think>\nHm — 名 🚂.\n</think>\n\n',
  '<mm:think>So { it [ is.</mm:think>',
  'So it is.</think>\n',
  '<think></think>',
);
const streams = fc.record({ head: heads, answer: answers, deltaCuts: cuts, byteCuts: cuts });

describe.each(protocols)('a stream of the protocol $name', (protocol) => {
  it('gives the same answer however its bytes and its deltas are cut (property)', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async ({ head, answer, deltaCuts, byteCuts }) => {
        const text = protocol.stream(cutAt(`${head}${answer}`, deltaCuts));

        const reply = await read(protocol, text, byteCuts);

        const whole = await read(protocol, protocol.stream([`${head}${answer}`]), []);
        expect(reply).toEqual(whole);
        expect(reply).toMatchObject({
          isAnswer: true,
          answer: { text: answer, thinkingLength: head.trimEnd().length, finishReason: 'stop' },
        });
      }),
      { numRuns: 200 },
    );
  });

  it('never gives an answer where it is cut before its end (property)', async () => {
    await fc.assert(
      fc.asyncProperty(answers, cuts, fc.nat(), async (answer, deltaCuts, end) => {
        const text = protocol.stream(cutAt(answer, deltaCuts));
        // The last delta says that it is over; whatever comes after may be lost.
        const lastWord = text.search(/"stop"|"end_turn"|"response.completed","response/);
        const isCut = Buffer.from(text.slice(0, end % lastWord)).toString();

        const reply = await read(protocol, isCut, []);

        expect(reply).toMatchObject({
          isAnswer: false,
          failure: { error: { code: 'model_protocol_error' }, isPossiblyBilled: true },
        });
      }),
      { numRuns: 100 },
    );
  });
});
