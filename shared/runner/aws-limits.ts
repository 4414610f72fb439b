import { QuireError } from '#shared/domain/errors.ts';

/** Limits of AWS that the local runner enforces, so that what is green here fits there. */
export interface AwsLimits {
  /** Most bytes of UTF-8 JSON in the input or output of a state (Step Functions, hard). */
  readonly payloadInBytes: number;
  /** Most events in the history of an execution (Step Functions Standard, hard). */
  readonly historyEvents: number;
  /** Longest run of a Lambda function. */
  readonly stepInMs: number;
}

export const awsLimits: AwsLimits = {
  payloadInBytes: 262_144,
  historyEvents: 25_000,
  stepInMs: 900_000,
};

/** Events that Step Functions writes for one run of a Task state with a Lambda function: entered, scheduled, started, ended, exited. */
export const eventsPerTask = 5;

/** The value as it comes out of JSON on the other side; refused where Step Functions would not carry it. */
export function carryPayload(value: unknown, place: string, limits: AwsLimits): unknown {
  const text = JSON.stringify(value ?? null);
  const sizeInBytes = Buffer.byteLength(text, 'utf8');
  if (sizeInBytes <= limits.payloadInBytes) return JSON.parse(text);
  throw new QuireError(
    'payload_too_large',
    `Expected at most ${limits.payloadInBytes} bytes as ${place}, got ${sizeInBytes}; pass a reference instead.`,
    { details: { place, sizeInBytes, limitInBytes: limits.payloadInBytes } },
  );
}

/** Counts the events of one execution and refuses to go on where Step Functions would fail it. */
export function createHistoryCounter(limits: AwsLimits): {
  add(events: number): void;
  count(): number;
} {
  let events = 0;
  return {
    count: () => events,
    add(more) {
      events += more;
      if (events <= limits.historyEvents) return;
      throw new QuireError(
        'history_too_long',
        `Expected at most ${limits.historyEvents} events in an execution; the next step would pass that.`,
        { details: { limit: limits.historyEvents } },
      );
    },
  };
}
