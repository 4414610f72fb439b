import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeAnswer } from '#shared/steps/calls/answer-ladder.ts';
import { callSpec, numberStage } from '../../../support/call-layer.ts';
import { stageContextOf } from '../../../support/stage-context.ts';

const stageContext = stageContextOf({});

function judge(text: string, finishReason: 'stop' | 'length' = 'stop', isLastAsk = false) {
  return judgeAnswer({
    answer: { text, finishReason },
    spec: callSpec(0),
    stage: numberStage,
    stageContext,
    isLastAsk,
  });
}

describe('the ladder', () => {
  it.each([
    { name: 'JSON by the letter', text: '{"n": 1}', isRepaired: false },
    { name: 'JSON in a fence', text: '```json\n{"n": 1}\n```', isRepaired: false },
    { name: 'JSON in prose', text: 'Here you are: {"n": 1}. Good luck!', isRepaired: false },
    { name: 'a comma too many', text: '{"n": 1,}', isRepaired: true },
    { name: 'single quotes', text: "{'n': 1}", isRepaired: true },
  ])('accepts $name', ({ text, isRepaired }) => {
    expect(judge(text)).toEqual({ isAccepted: true, answer: { n: 1 }, isRepaired, faults: [] });
  });

  it.each([
    { name: 'an empty answer', text: ' \n', code: 'answer_empty' },
    { name: 'prose', text: 'I cannot say.', code: 'answer_invalid' },
    { name: 'another shape', text: '{"n": "one"}', code: 'answer_invalid' },
    {
      name: 'an object that was not closed',
      text: '{"n": 1, "m": {"a": 2}',
      code: 'answer_invalid',
    },
  ])('refuses $name', ({ text, code }) => {
    expect(judge(text)).toMatchObject({ isAccepted: false, code });
  });

  it('refuses every answer that was cut off, however whole it looks', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(judge(text, 'length')).toMatchObject({
          isAccepted: false,
          code: 'answer_truncated',
        });
      }),
    );
  });

  it('never completes a prefix of an answer by itself', () => {
    const whole = '{"n": 12, "list": [1, 2, 3], "text": "a, b"}';
    for (let end = 1; end < whole.length; end += 1)
      expect(judge(whole.slice(0, end)).isAccepted).toBe(false);
  });

  it('names the field in a fault, not its content', () => {
    const verdict = judge('{"n": "secret text"}');

    expect(verdict.faults.join()).toContain('n:');
    expect(verdict.faults.join()).not.toContain('secret');
  });

  it('lets a fault that is not fatal pass only when nothing more can be asked', () => {
    expect(judge('{"n": -1}').isAccepted).toBe(false);
    expect(judge('{"n": -1}', 'stop', true)).toMatchObject({
      isAccepted: true,
      faults: ['n is negative'],
    });
  });
});
