import type { SimulatorContext } from '../../core/context.ts';
import type { FaultName } from '../../fault-names.ts';

/** What is to be told of a task when it is done. */
export interface Announcement {
  readonly url: string;
  /** Each is told by a request of its own, without a list around it (providers.md § 2.6). */
  readonly items: readonly object[];
  readonly fault: FaultName | undefined;
  readonly durationInMs: number;
}

/** The webhooks of a server. */
export interface Webhooks {
  /** Tells when the task is done; with the fault `webhook-early` before the task is acknowledged, which waits for it. */
  beforeReply(announcement: Announcement): Promise<void>;
  afterReply(announcement: Announcement): Promise<void>;
  /** Nothing more is sent of what was announced so far. */
  reset(): void;
}

const responseLimitInMs = 5_000;
const firstDelayInMs = 250;
const longestDelayInMs = 8_000;
/** How often is not published. */
const maxTries = 6;
const latenessInMs = 30_000;
const copies = 5;
const hugeInBytes = 10_000_000;

export function createWebhooks({ clock, recorder }: SimulatorContext): Webhooks {
  let closing = new AbortController();
  return {
    async beforeReply(announcement) {
      if (announcement.fault === 'webhook-early') await announce(announcement, closing.signal);
    },
    async afterReply(announcement) {
      const { fault, durationInMs } = announcement;
      const { signal } = closing;
      if (fault === 'webhook-early' || fault === 'webhook-lost') return;
      const delayInMs = durationInMs + (fault === 'webhook-late' ? latenessInMs : 0);
      if (delayInMs > 0) await clock.sleep(delayInMs);
      await announce(announcement, signal);
    },
    reset() {
      closing.abort();
      closing = new AbortController();
    },
  };

  async function announce({ url, items, fault }: Announcement, signal: AbortSignal): Promise<void> {
    const times = fault === 'webhook-repeated' ? copies : 1;
    const bodies = items.flatMap((item) =>
      Array.from({ length: times }, () => textOf(item, fault)),
    );
    await Promise.all(bodies.map((body) => send(url, body, signal)));
  }

  /** At least once: again with growing pauses until somebody has taken it. */
  async function send(url: string, body: string, closed: AbortSignal): Promise<void> {
    for (let tries = 0; tries < maxTries && !closed.aborted; tries += 1) {
      if (tries > 0)
        await clock.sleep(Math.min(firstDelayInMs * 2 ** (tries - 1), longestDelayInMs));
      const signal = AbortSignal.any([closed, AbortSignal.timeout(responseLimitInMs)]);
      const headers = { 'content-type': 'application/json' };
      const isTaken = await fetch(url, { method: 'POST', headers, body, signal }).then(
        (response) => response.ok,
        () => false,
      );
      recorder.announce(isTaken);
      if (isTaken) return;
    }
  }
}

function textOf(item: object, fault: FaultName | undefined): string {
  switch (fault) {
    case 'webhook-forged':
      return JSON.stringify({ ...item, text: '{"forged": true}', cost: 1_000_000 });
    case 'webhook-huge':
      return JSON.stringify({ ...item, text: 'x'.repeat(hugeInBytes) });
    case 'webhook-garbage':
      return '{"taskType": "textInf';
    default:
      return JSON.stringify(item);
  }
}
