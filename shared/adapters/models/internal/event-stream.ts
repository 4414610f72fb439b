import { createParser } from 'eventsource-parser';
import { parseJson } from './parse-json.ts';

/** An event of a stream: its name, where it has one, and its data as JSON. */
export interface StreamEvent {
  readonly name: string | undefined;
  readonly data: unknown;
}

/** The stream holds something that is no JSON: it was cut, or it is no stream of this kind. */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError' as const;
}

/** The end mark of OpenAI's streams, which others have taken over. */
const endMark = '[DONE]';

/**
 * Events of a response as they come (text/event-stream, WHATWG HTML § 9.2). Ends at `[DONE]` or with the body, whichever is first; a
 * connection may stay open after the mark. Bytes are decoded across chunks, so that no character is torn.
 */
export async function* readEvents(response: Response): AsyncGenerator<StreamEvent> {
  const waiting: StreamEvent[] = [];
  let isDone = false;
  const parser = createParser({
    onEvent({ event, data }) {
      for (const text of partsOf(data)) {
        isDone ||= text === endMark;
        if (!isDone) waiting.push({ name: event, data: parse(text) });
      }
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* waiting.splice(0);
    if (isDone) return;
  }
  // The blank line after the last event may be missing.
  parser.feed(`${decoder.decode()}\n\n`);
  yield* waiting;
}

/** Some servers part events by a single line break, which joins their data (providers.md § 2.7). JSON on the wire has no bare one. */
function partsOf(data: string): string[] {
  return data.split('\n').filter((line) => line.trim() !== '');
}

function parse(text: string): unknown {
  const value = parseJson(text);
  if (value !== undefined) return value;
  // Without the text, which is a piece of an answer.
  throw new MalformedEventError('Expected JSON in every event of the stream.');
}
