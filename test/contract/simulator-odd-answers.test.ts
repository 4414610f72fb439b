import { afterEach, describe, expect, it } from '@jest/globals';
import {
  countsAsCompleted,
  FaultName,
  goodFaults,
  hiddenFaults,
} from '#shared/simulator/fault-names.ts';
import { ask, type Received, routeNamed } from '../support/simulated-routes.ts';
import { answerTo, createSimulators, longQuestion, routeCases } from '../support/simulators.ts';

const simulators = createSimulators();
const user = longQuestion;

afterEach(() => simulators.closeAll());

describe('a fault of the form', () => {
  it.each([...goodFaults])('%s leaves a good answer on every route', async (fault) => {
    const simulator = await simulators.failing(fault);
    for (const { route, isStreaming } of routeCases) {
      const received = await ask(simulator, route, { user, isStreaming });

      expect(received.status).toBe(200);
      expect(wholeText(received, fault)).toContain(await answerTo(user, route));
    }
    expect(simulator.report()).toMatchObject({ completed: routeCases.length, faulted: 0 });
  });

  it.each([
    { fault: 'split-think', found: /^<think>\n[\s\S]+\n<\/think>\n\nCosts/ },
    { fault: 'think-twice', found: /^<think>\n[\s\S]+\n<\/think>\n\nCosts/ },
    { fault: 'open-think', found: /^<think>\n(?![\s\S]*<\/think>)[\s\S]+Costs/ },
    { fault: 'prose-around', found: /^Here is the answer[\s\S]+Costs[\s\S]+anything else\.$/ },
    { fault: 'fence', found: /^```json\nCosts[\s\S]+\n```$/ },
    { fault: 'tool-xml', found: /^<minimax:tool_call>/ },
    { fault: 'bad-json', found: /^Certainly!/ },
    { fault: 'wrong-schema', found: /^\{"result":\{"answer":"Costs/ },
    { fault: 'wrong-number', found: /^Costs rose by 11 percent/ },
    { fault: 'extra-ids', found: /\[x9\.u999\]/ },
    { fault: 'repetition', found: /^(.{60} )\1{20}/u },
  ] as const)('$fault is in what every route says', async ({ fault, found }) => {
    const simulator = await simulators.failing(fault);
    for (const { route, isStreaming } of routeCases) {
      const { texts, thinking } = await ask(simulator, route, { user, isStreaming });

      expect(texts.join('')).toMatch(found);
      expect(thinking.length > 0).toBe(!/^(open|split)-think$/.test(fault));
    }
  });

  it('split-think parts the tags themselves', async () => {
    const { texts } = await ask(await simulators.failing('split-think'), routeNamed('runware'), {
      user,
      isStreaming: true,
    });

    expect(texts[0]).toBe('<thin');
    expect(texts.some((text) => text.includes('</think>'))).toBe(false);
  });

  it('cumulative repeats all that was said', async () => {
    const simulator = await simulators.failing('cumulative');
    for (const { route } of routeCases) {
      const { texts } = await ask(simulator, route, { user, isStreaming: true });

      expect(texts.length).toBeGreaterThan(1);
      for (const [index, text] of texts.slice(1).entries()) expect(text).toContain(texts[index]);
    }
  });

  it.each([
    { fault: 'cut-json', finish: ['stop', 'end_turn', 'completed'], length: 'half' },
    { fault: 'missing-ids', finish: ['stop', 'end_turn', 'completed'], length: 'half' },
    { fault: 'abort', finish: ['abort', 'cancelled', 'unknown'], length: 'half' },
    { fault: 'length', finish: ['length', 'max_tokens', 'max_output_tokens'], length: 'none' },
    {
      fault: 'thinking-only',
      finish: ['length', 'max_tokens', 'max_output_tokens'],
      length: 'none',
    },
    { fault: 'empty', finish: ['stop', 'end_turn', 'completed'], length: 'none' },
    { fault: 'refusal', finish: ['content_filter', 'refusal'], length: 'short' },
    { fault: 'no-finish', finish: [undefined, null, 'in_progress'], length: 'whole' },
    { fault: 'no-choices', finish: expect.anything(), length: 'none' },
  ] as const)('$fault ends as it says on every route', async ({ fault, finish, length }) => {
    const simulator = await simulators.failing(fault);
    for (const { route, isStreaming } of routeCases) {
      const received = await ask(simulator, route, { user, isStreaming });
      const whole = await answerTo(user, route);
      const lengths = {
        none: 0,
        short: 24,
        half: Math.floor(whole.length / 2),
        whole: whole.length,
      };

      expect(received.texts.join('')).toHaveLength(lengths[length]);
      if (Array.isArray(finish)) expect(finish).toContain(received.finish);
    }
    expect(simulator.report()).toMatchObject({ faulted: routeCases.length, completed: 0 });
  });

  it.each([
    { fault: 'usage-missing', found: /^undefined$/ },
    { fault: 'usage-negative', found: /":-1[,}]/ },
    { fault: 'usage-absurd', found: /9000000000/ },
    { fault: 'empty', found: /":0[,}]/ },
  ] as const)('$fault is in what every route counts', async ({ fault, found }) => {
    const simulator = await simulators.failing(fault);
    for (const { route, isStreaming } of routeCases) {
      const { usage } = await ask(simulator, route, { user, isStreaming });

      expect(String(JSON.stringify(usage))).toMatch(found);
    }
  });

  it('no-finish closes a stream without a word of its end', async () => {
    const simulator = await simulators.failing('no-finish');
    for (const { route } of routeCases) {
      expect((await ask(simulator, route, { user, isStreaming: true })).isClosed).toBe(false);
    }
  });

  it('no-done, json-for-stream, empty-role and other-model are on the wire', async () => {
    const route = routeNamed('cloudflare chat');
    const asked = { user, isStreaming: true };
    const raws = async (fault: FaultName) => ask(await simulators.failing(fault), route, asked);

    expect((await raws('no-done')).raw).not.toContain('[DONE]');
    expect((await raws('json-for-stream')).headers.get('content-type')).toContain('json');
    expect((await raws('empty-role')).raw).toContain('"role":""');
    expect((await raws('other-model')).raw).toContain('"model":"MiniMax-M1"');
  });
});

describe('faults as data', () => {
  it('know which answers are good all the same', () => {
    expect([...hiddenFaults].every((fault) => !goodFaults.has(fault))).toBe(true);
    expect(FaultName.options.filter(countsAsCompleted)).toHaveLength(
      goodFaults.size + hiddenFaults.size,
    );
  });

  it('of one provider are counted by its questions only', async () => {
    const simulator = await simulators.start({
      faults: [{ provider: 'cloudsway', when: { nth: 2 }, fault: '500' }],
    });
    const names = ['cloudflare chat', 'cloudsway endpoint', 'runware', 'cloudsway platform'];
    const statuses = [];
    for (const name of names) {
      statuses.push((await ask(simulator, routeNamed(name), { user })).status);
    }

    expect(statuses).toEqual([200, 200, 200, 500]);
  });
});

/** The answer as a careful client would have it. */
function wholeText({ texts }: Received, fault: FaultName): string {
  const text = fault === 'cumulative' ? (texts.at(-1) ?? '') : texts.join('');
  return text.replace(/^<think>[\s\S]*?<\/think>\s*/, '');
}
