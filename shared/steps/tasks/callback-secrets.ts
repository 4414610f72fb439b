import { createHmac } from 'node:crypto';
import type { CallbackSecrets } from '#shared/ports/callback-secrets.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** How long a master is used after it has been changed. */
const cacheInMs = 300_000;

/**
 * Makes the secret of each tenant from the one master of a deployment, so that none lies in the table and every process comes to the same.
 */
export function createCallbackSecrets(deps: {
  readMaster: () => Promise<Uint8Array>;
  clock: Pick<Clock, 'now'>;
}): CallbackSecrets {
  let master: Promise<Uint8Array> | undefined;
  let readAtInMs = 0;

  const current = () => {
    if (master !== undefined && deps.clock.now() - readAtInMs < cacheInMs) return master;
    const read = deps.readMaster();
    read.catch(() => {
      if (master === read) master = undefined;
    });
    master = read;
    readAtInMs = deps.clock.now();
    return read;
  };
  return {
    async secretOf(tenantId) {
      const digest = createHmac('sha256', await current()).update(`callbacks of ${tenantId}`);
      return `whsec_${digest.digest('base64')}`;
    },
  };
}
