import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CircuitState,
  closeCircuit,
  closedCircuit,
  openCircuit,
  probeCircuit,
} from '#shared/domain/circuit.ts';

const reasons = [
  'model_unavailable',
  'model_timeout',
  'model_auth_failed',
  'model_quota_exhausted',
] as const;
const step = fc.record({
  afterInMs: fc.integer({ min: 0, max: 4_000_000 }),
  reason: fc.constantFrom(...reasons),
  isServed: fc.boolean(),
});

describe('a circuit', () => {
  it('is never open for less than 5 s or more than 5 minutes, and never shorter when it fails in a row', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let circuit: CircuitState = closedCircuit;
        let nowInMs = 0;
        let formerInMs = 0;
        for (const { afterInMs, reason, isServed } of steps) {
          nowInMs += afterInMs;
          circuit = openCircuit(circuit, { reason, nowInMs });
          expect(circuit.cooldownInMs).toBeGreaterThanOrEqual(5_000);
          expect(circuit.cooldownInMs).toBeLessThanOrEqual(300_000);
          expect(circuit.cooldownInMs).toBeGreaterThanOrEqual(formerInMs);
          nowInMs += circuit.cooldownInMs;
          formerInMs = isServed ? 0 : circuit.cooldownInMs;
          if (isServed) circuit = closeCircuit(circuit, nowInMs);
        }
      }),
    );
  });

  it.each(['model_auth_failed', 'model_quota_exhausted'] as const)(
    'is open for a minute at first where somebody has to act: %s',
    (reason) => {
      expect(openCircuit(closedCircuit, { reason, nowInMs: 7 })).toEqual({
        state: 'open',
        cooldownInMs: 60_000,
        untilInMs: 60_007,
        reason,
      });
    },
  );

  it('is not probed while it is closed, and not before its time', () => {
    const open = openCircuit(closedCircuit, { reason: 'model_timeout', nowInMs: 1_000_000 });

    expect(probeCircuit(closedCircuit, 1_000_000)).toBeUndefined();
    expect(probeCircuit(open, 1_004_999)).toBeUndefined();
    expect(probeCircuit(open, 1_005_000)).toEqual({
      state: 'probing',
      cooldownInMs: 5_000,
      untilInMs: 1_665_000,
      reason: 'model_timeout',
    });
  });
});
