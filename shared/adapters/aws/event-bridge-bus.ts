import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { QuireError } from '#shared/domain/errors.ts';
import { detailOf, detailTypeOf, eventSource, type TaskEvent } from '#shared/domain/task-event.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import { storeError } from './store-error.ts';

/** PutEvents takes ten. */
const maxEntries = 10;
/** An entry can be refused while the request succeeds, when the bus is throttled: it is sent once more. */
const maxSends = 2;

/** Task events on the default bus of the account, where rules of the user's own match them. */
export function createEventBridgeBus(options: {
  client: Pick<EventBridgeClient, 'send'>;
  /** Tells the events of several deployments in one account apart. */
  deployment: string;
}): EventBus {
  const { client, deployment } = options;
  return {
    async publish(events) {
      const entries = events.map((event) => entryOf(event, deployment));
      for (let start = 0; start < entries.length; start += maxEntries) {
        await put(client, entries.slice(start, start + maxEntries));
      }
    },
  };
}

function entryOf(event: TaskEvent, deployment: string): PutEventsRequestEntry {
  return {
    Source: eventSource,
    DetailType: detailTypeOf(event.kind),
    Time: new Date(event.atInMs),
    Detail: JSON.stringify({ ...detailOf(event), deployment }),
  };
}

async function put(
  client: Pick<EventBridgeClient, 'send'>,
  entries: readonly PutEventsRequestEntry[],
): Promise<void> {
  let left = entries;
  let codes: readonly string[] = [];
  for (let sends = 0; sends < maxSends && left.length > 0; sends += 1) {
    const results = await send(client, left);
    const failed = results.map(({ ErrorCode }) => ErrorCode);
    codes = failed.filter((code) => code !== undefined);
    left = left.filter((_, index) => failed[index] !== undefined);
  }
  if (left.length === 0) return;
  throw new QuireError(
    'store_unavailable',
    `Expected EventBridge to take ${entries.length} events; it refused ${left.length}. They can be published again.`,
    { details: { operation: 'EventBridge PutEvents', reasons: [...new Set(codes)] } },
  );
}

async function send(
  client: Pick<EventBridgeClient, 'send'>,
  entries: readonly PutEventsRequestEntry[],
) {
  try {
    const output = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    return (output.FailedEntryCount ?? 0) > 0 ? (output.Entries ?? []) : [];
  } catch (error) {
    throw storeError('EventBridge PutEvents', error);
  }
}
