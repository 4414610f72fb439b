import * as z from 'zod';
import { errorEntry, isQuireError, problemOf, QuireError } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/task.ts';
import { scheduleSource } from '#shared/domain/task-event.ts';
import type { RefusedEvents } from '#shared/ports/dead-letters.ts';
import { createSubmitTask, type SubmitTaskPorts } from './submit-task.ts';

export interface SubmitEventPorts extends SubmitTaskPorts {
  readonly refused: RefusedEvents;
}

/** `refused`: the event is in the dead-letter queue, and why is in the log. */
export type EventOutcome =
  | { readonly outcome: 'accepted'; readonly task: Task }
  | { readonly outcome: 'refused'; readonly code: string };

export type SubmitEvent = (submission: {
  readonly tenantId: TenantId;
  readonly event: unknown;
}) => Promise<EventOutcome>;

const text = z.string().min(1).max(400);
const detail = z.record(z.string(), z.unknown());

/** What a schedule sends. Its time is the one that it was meant for, and so the same at every delivery. */
const Scheduled = z
  .object({ source: z.literal(scheduleSource), schedule: text, time: text, detail })
  .transform(({ schedule, time, ...rest }) => ({ ...rest, id: `${schedule} ${time}` }));

/** What EventBridge delivers, as far as it is used. */
const Delivered = z.object({ id: text, source: text, detail });

const AnyEvent = z.union([Scheduled, Delivered]);

/**
 * Submits a task for an event whose detail is the body of `POST /v1/tasks`, once however often it is delivered (I2): the sender's
 * `idempotencyKey`, or else the event's id, stands for it. Nobody waits for an answer, so what cannot become a task goes to the
 * dead-letter queue at once; only what may work the next time throws.
 */
export function createSubmitEvent(ports: SubmitEventPorts): SubmitEvent {
  const submitTask = createSubmitTask(ports);
  return async ({ tenantId, event }) => {
    try {
      const { id, source, request, idempotencyKey } = parse(event);
      const { task } = await submitTask({
        tenantId,
        request,
        idempotencyKey: `event ${source} ${idempotencyKey}`,
        origin: { kind: 'event', source, eventId: id },
      });
      return { outcome: 'accepted', task };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const problem = problemOf(error);
      await ports.refused.put(event, problem);
      ports.logger.warn('event-refused', { code: problem.code, eventId: idOf(event) });
      return { outcome: 'refused', code: problem.code };
    }
  };
}

function parse(event: unknown) {
  const parsed = AnyEvent.safeParse(event);
  if (!parsed.success) {
    throw new QuireError(
      'invalid_request',
      'Expected an event with `id`, `source` and an object as `detail`; another one came.',
    );
  }
  const { id, source } = parsed.data;
  const { idempotencyKey = id, ...request } = parsed.data.detail;
  const key = text.safeParse(idempotencyKey);
  if (key.success) return { id, source, request, idempotencyKey: key.data };
  throw new QuireError(
    'invalid_request',
    'Expected `idempotencyKey` to be a text of 1 to 400 characters.',
  );
}

/** A sender that does not listen cannot be told to try again, but a file that could not be fetched now may be there in a minute. */
function isRefusal(error: unknown): error is QuireError {
  if (!isQuireError(error) || error.code === 'url_unreachable') return false;
  const { origin } = errorEntry(error.code);
  return origin === 'input' || origin === 'limit';
}

/** For the log: ids of events are UUIDs, and what is longer or of other characters stays out. */
function idOf(event: unknown): string | undefined {
  const { data } = AnyEvent.safeParse(event);
  return data !== undefined && /^[\w :.-]{1,120}$/.test(data.id) ? data.id : undefined;
}
