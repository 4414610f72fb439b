import * as z from 'zod';
import { type InboxPlace, inboxMarkerKey } from '#shared/domain/inbox.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';

/** What a marker says of a file of the inbox. */
const InboxMarker = z.object({
  /** Absent where the file became no task. */
  taskId: z.string().optional(),
  run: z.int().optional(),
  status: z.string(),
  code: z.string().optional(),
  sentence: z.string().optional(),
  /** Names of the files under `outbox/`. */
  artifacts: z.array(z.string()),
  at: z.string(),
  /** When the file was taken in: of two versions of a file, the later one keeps the marker. */
  submittedAt: z.string(),
});
export type InboxMarker = z.infer<typeof InboxMarker>;

const outcomes = ['done', 'failed'] as const;

/** The markers of a file that are there: one, or two where a process died between two writes. One that cannot be read counts for nothing. */
export async function readMarkers(
  objects: ObjectStore,
  place: InboxPlace,
): Promise<readonly InboxMarker[]> {
  const read = outcomes.map(async (outcome) => {
    const bytes = await objects.get(inboxMarkerKey(place, outcome));
    if (bytes === undefined) return undefined;
    return InboxMarker.safeParse(jsonOf(bytes)).data;
  });
  return (await Promise.all(read)).filter((marker) => marker !== undefined);
}

/** Writes the marker, then takes the one of the other outcome away. Beside the workflows' folders nothing was ever done. */
export async function writeMarker(
  objects: ObjectStore,
  place: InboxPlace,
  { outcome, marker }: { outcome: (typeof outcomes)[number]; marker: InboxMarker },
): Promise<void> {
  const text = `${JSON.stringify(marker, undefined, 2)}\n`;
  await objects.put(inboxMarkerKey(place, outcome), new TextEncoder().encode(text), {
    contentType: 'application/json',
  });
  if (place.workflow === undefined) return;
  await objects.delete(inboxMarkerKey(place, outcome === 'done' ? 'failed' : 'done'));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
