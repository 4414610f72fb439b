import { describe, expect, it } from '@jest/globals';
import { createFaultPlan } from '#shared/simulator/faults.ts';

function draw(input: unknown, count: number) {
  const plan = createFaultPlan(input);
  return Array.from({ length: count }, () =>
    plan.next({ provider: 'empiriolabs', elapsedInMs: 0 }),
  );
}

describe('createFaultPlan', () => {
  it('fails the n-th request', () => {
    expect(draw([{ when: { nth: 2 }, fault: '429' }], 3)).toEqual([undefined, '429', undefined]);
  });

  it('fails every n-th request', () => {
    const faults = draw([{ when: { every: 2 }, fault: '500' }], 4);

    expect(faults).toEqual([undefined, '500', undefined, '500']);
  });

  it('fails by a chance that follows from the seed', () => {
    const rules = [{ when: { probability: 0.3, seed: 7 }, fault: 'reset' }];
    const faults = draw(rules, 1_000);

    expect(faults).toEqual(draw(rules, 1_000));
    expect(faults.filter((fault) => fault === 'reset').length).toBeGreaterThan(240);
    expect(faults.filter((fault) => fault === 'reset').length).toBeLessThan(360);
  });

  it('fails requests of a time and of a provider', () => {
    const plan = createFaultPlan([
      { provider: 'runware', when: { every: 1 }, fault: 'html' },
      { when: { fromMs: 100, toMs: 200 }, fault: 'length' },
    ]);
    const next = (elapsedInMs: number) => plan.next({ provider: 'empiriolabs', elapsedInMs });

    expect([next(99), next(100), next(199), next(200)]).toEqual([
      undefined,
      'length',
      'length',
      undefined,
    ]);
  });

  it('fails every request of a provider that has the words of a rule in it, and no other', () => {
    const plan = createFaultPlan([
      { provider: 'runware', when: { containing: 'planted' }, fault: 'refusal' },
    ]);
    const asked = (provider: string, body: string) => plan.inWords({ provider, body });

    expect([asked('runware', 'a planted word'), asked('runware', 'a word')]).toEqual([
      'refusal',
      undefined,
    ]);
    expect(asked('empiriolabs', 'a planted word')).toBeUndefined();
    expect(plan.next({ provider: 'runware', elapsedInMs: 0 })).toBeUndefined();
  });

  it('starts again after a reset', () => {
    const plan = createFaultPlan([{ when: { nth: 1 }, fault: '429' }]);
    const next = () => plan.next({ provider: 'empiriolabs', elapsedInMs: 0 });
    const before = [next(), next()];
    plan.reset();

    expect([before, next()]).toEqual([['429', undefined], '429']);
  });

  it('refuses a fault that it does not know, with a sentence', () => {
    expect(() => createFaultPlan([{ when: { nth: 1 }, fault: 'flood' }])).toThrow(
      /Expected a list of fault rules.*wrong at 0\.fault.*Faults are .*429-bare, .*html/,
    );
  });
});
