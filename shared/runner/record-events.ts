import type { StateMachine } from 'aws-local-stepfunctions';
import type { ExecutionEvent } from '#shared/ports/execution-history.ts';

type EventLogs = ReturnType<StateMachine['run']>['eventLogs'];
type EventLog = EventLogs extends AsyncIterable<infer Event> ? Event : never;

/** Hands on what the machine does until it ends. */
export async function recordEvents(
  events: EventLogs,
  take: (event: ExecutionEvent) => void,
): Promise<void> {
  for await (const event of events) take(eventOf(event));
}

function eventOf(event: EventLog): ExecutionEvent {
  const base = { type: event.type, atInMs: event.timestamp };
  if ('input' in event) return { ...base, input: event.input };
  if (!('state' in event)) return base;
  const { name, type, output } = event.state;
  return {
    ...base,
    state: name,
    stateType: type,
    ...(event.index === undefined ? {} : { index: event.index }),
    ...(event.type === 'StateExited' ? { output } : {}),
  };
}
