import * as z from 'zod';
import {
  CircuitState,
  closeCircuit,
  closedCircuit,
  openCircuit,
  probeCircuit,
} from '#shared/domain/circuit.ts';
import type {
  CircuitBreaker,
  CircuitKey,
  HealthReport,
  Permission,
} from '#shared/ports/circuit.ts';
import { createHealthWindow, type HealthWindow } from './health-window.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { createStateTable, type DynamoOptions, type StateTable } from './table.ts';

/** How long what was read is believed. */
const cacheInMs = 5_000;

const StoredCircuit = z.object({ circuit: CircuitState, version: z.int().min(0) });
type StoredCircuit = z.infer<typeof StoredCircuit>;

const neverOpened: StoredCircuit = { circuit: closedCircuit, version: 0 };

/** A circuit as this worker knows it. */
interface Known {
  stored: StoredCircuit;
  readAtInMs: number;
  readonly window: HealthWindow;
}

/**
 * Circuits in DynamoDB: one item for each provider and key, written when it opens, when a probe begins and when it ends. Whether failures
 * are too many each worker judges by its own calls of the last minute, so that a healthy provider costs no write.
 */
export function createDynamoCircuitBreaker(options: DynamoOptions): CircuitBreaker {
  const table = createStateTable(options);
  const circuits = new Map<string, Known>();
  const knownOf = (key: CircuitKey): Known => {
    const name = `${key.provider} ${key.keyId}`;
    const known = circuits.get(name) ?? {
      stored: neverOpened,
      readAtInMs: Number.NEGATIVE_INFINITY,
      window: createHealthWindow(),
    };
    circuits.set(name, known);
    return known;
  };
  /** Writes over the version that is known; afterwards what the table holds is known, whoever has written it. */
  const change = async (key: CircuitKey, circuit: CircuitState, nowInMs: number) => {
    const known = knownOf(key);
    const written = await write(table, key, { circuit, version: known.stored.version + 1 });
    learn(known, written ?? (await read(table, key)));
    known.readAtInMs = nowInMs;
    return written !== undefined;
  };
  return {
    async permit(key, nowInMs) {
      const known = knownOf(key);
      if (nowInMs - known.readAtInMs >= cacheInMs) {
        known.readAtInMs = nowInMs;
        learn(known, await read(table, key));
      }
      const probe = probeCircuit(known.stored.circuit, nowInMs);
      if (probe !== undefined && (await change(key, probe, nowInMs))) {
        return { isAllowed: true, isProbe: true };
      }
      return permissionOf(known.stored.circuit, nowInMs);
    },
    async report(key, report) {
      const { nowInMs, isProbe } = report;
      const known = knownOf(key);
      const { circuit } = known.stored;
      if (isProbe) {
        const isWritten = await change(key, afterProbe(circuit, report, nowInMs), nowInMs);
        return { hasOpened: isWritten && isOutage(report) };
      }
      // What was under way when it opened says nothing of the time after it.
      if (report.health === 'undecided' || circuit.state !== 'closed') return unchanged;
      const isTripped = known.window.add({ isFailure: isOutage(report), atInMs: nowInMs });
      if (!isOutage(report)) return unchanged;
      if (!isTripped && report.health !== 'refused-key') return unchanged;
      const opened = openCircuit(circuit, { reason: report.reason, nowInMs });
      return { hasOpened: await change(key, opened, nowInMs) };
    },
  };
}

const unchanged = { hasOpened: false };

function isOutage(
  report: HealthReport,
): report is Extract<HealthReport, { health: 'failed' | 'refused-key' }> {
  return report.health === 'failed' || report.health === 'refused-key';
}

/**
 * Takes in what the table held, unless something newer is known: a read may be overtaken by a write. An item that somebody has deleted counts
 * as new. Failures before an opening are over.
 */
function learn(known: Known, stored: StoredCircuit): void {
  const isOvertaken = stored.version > 0 && stored.version < known.stored.version;
  if (!isOvertaken) known.stored = stored;
  if (known.stored.circuit.state !== 'closed') known.window.clear();
}

/** A probe without an answer to its question leaves the door as it was, for the next one to try at once. */
function afterProbe(
  circuit: CircuitState,
  report: Parameters<CircuitBreaker['report']>[1],
  nowInMs: number,
): CircuitState {
  if (report.health === 'served') return closeCircuit(circuit, nowInMs);
  if (isOutage(report)) return openCircuit(circuit, { reason: report.reason, nowInMs });
  if (circuit.state === 'closed') return circuit;
  return { ...circuit, state: 'open', untilInMs: nowInMs };
}

function permissionOf(circuit: CircuitState, nowInMs: number): Permission {
  if (circuit.state === 'closed') return { isAllowed: true, isProbe: false };
  const { reason, cooldownInMs } = circuit;
  // While another worker's probe is under way, nobody knows when it ends: look again after one more cool-down.
  const retryAtInMs =
    circuit.state === 'open'
      ? circuit.untilInMs
      : Math.min(circuit.untilInMs, nowInMs + cooldownInMs);
  return { isAllowed: false, retryAtInMs: Math.max(retryAtInMs, nowInMs + 1), reason };
}

async function read(table: StateTable, key: CircuitKey): Promise<StoredCircuit> {
  const item = await table.get(keys.circuit(key));
  return item === undefined ? neverOpened : parseItem(StoredCircuit, item, 'circuit');
}

/** `undefined` where another worker has written since. */
async function write(
  table: StateTable,
  key: CircuitKey,
  { circuit, version }: StoredCircuit,
): Promise<StoredCircuit | undefined> {
  const item = await table.change({
    key: keys.circuit(key),
    update: 'SET #circuit = :circuit, #version = :version',
    condition: version === 1 ? 'attribute_not_exists(#pk)' : '#version = :former',
    values: { circuit, version, ...(version === 1 ? {} : { former: version - 1 }) },
  });
  return item === undefined ? undefined : parseItem(StoredCircuit, item, 'circuit');
}
