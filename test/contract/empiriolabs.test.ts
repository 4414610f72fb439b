import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askEmpirioLabs, whole } from '../support/empiriolabs.ts';
import { answerJson, answerStream, delta, eventText } from '../support/scripted-server.ts';

describe('a streamed answer', () => {
  it('is put together with its tokens, thinking apart', async () => {
    const { reply } = await askEmpirioLabs([answerStream(whole)]);

    expect(reply).toEqual({
      isAnswer: true,
      answer: {
        text: '{"text":"Zürich — 名 🚂"}',
        toolCalls: [],
        finishReason: 'stop',
        modelAnswered: 'MiniMax-M2.7',
        thinkingLength: 4,
        usage: { inputTokens: 20, cachedInputTokens: 4, outputTokens: 9, reasoningTokens: 2 },
      },
    });
  });

  it('is the same however its bytes are cut (property)', async () => {
    const length = Buffer.byteLength(whole);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: length - 1 }), { maxLength: 12 }),
        async (cuts) => {
          const { reply } = await askEmpirioLabs([answerStream(whole, { cuts })]);
          expect(reply).toMatchObject({
            isAnswer: true,
            answer: { text: '{"text":"Zürich — 名 🚂"}' },
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    {
      name: 'a <think> block at the head',
      parts: ['<thi', 'nk>so ', 'so</think>\n\n{"a":1}'],
      text: '{"a":1}',
    },
    { name: '<mm:think>', parts: ['<mm:think>x</mm:think>{"a":1}'], text: '{"a":1}' },
    { name: 'a missing opening tag', parts: ['so it is</think>{"a":1}'], text: '{"a":1}' },
    { name: 'an unclosed block', parts: ['<think>and so on'], text: '' },
    {
      name: 'a tag inside a JSON string',
      parts: ['{"a":"<think>b</think>"}'],
      text: '{"a":"<think>b</think>"}',
    },
  ])('with $name gives the answer alone', async ({ parts, text }) => {
    const chunks = [...parts.map((content) => delta({ content })), delta({}, 'stop')];

    expect((await askEmpirioLabs([answerStream(eventText(chunks))])).reply).toMatchObject({
      isAnswer: true,
      answer: { text },
    });
  });

  it('without usage has unknown tokens, not none', async () => {
    const { reply } = await askEmpirioLabs([
      answerStream(eventText([delta({ content: '{}' }), delta({}, 'stop')])),
    ]);

    expect(reply).toMatchObject({ isAnswer: true, answer: { usage: {} } });
  });

  it('without [DONE] but with a finish reason is whole', async () => {
    const text = eventText([delta({ content: '{}' }), delta({}, 'stop')], false);

    expect((await askEmpirioLabs([answerStream(text)])).reply).toMatchObject({
      isAnswer: true,
      answer: { text: '{}' },
    });
  });

  it('may come as one JSON body', async () => {
    const body = {
      choices: [{ message: { content: '{"a":1}' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2 },
    };

    expect((await askEmpirioLabs([answerJson(200, body)])).reply).toMatchObject({
      isAnswer: true,
      answer: { text: '{"a":1}', usage: { inputTokens: 3, outputTokens: 2 } },
    });
  });
});
