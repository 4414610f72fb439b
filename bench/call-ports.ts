import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { callSettingsOf } from '#shared/runtime/call-settings.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';

/** The call layer's ports over the stores of a local run in a folder of their own; without models. */
export async function openCallPorts(options: { clock?: Clock } = {}) {
  const { clock = createSystemClock() } = options;
  const directory = await mkdtemp(join(tmpdir(), 'quire-bench-'));
  const state = await openLocalState(join(directory, 'state'), { clock });
  return {
    ports: {
      ...state,
      objects: createFileObjectStore({ directory: join(directory, 'objects') }),
      clock,
      ids: createRandomIds(),
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      random: Math.random,
      settings: callSettingsOf({ QUIRE_CACHE: 'off' }),
    },
    async close() {
      await state.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
