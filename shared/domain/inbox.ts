/** A file of the inbox by its key: `inbox/<workflow>/<folder/…/><name>`. */
export interface InboxPlace {
  /** As the folder is called; whether there is such a workflow is another question. Absent for a file beside the workflows' folders. */
  readonly workflow: string | undefined;
  /** Folders below the one of the workflow, outermost first. */
  readonly folders: readonly string[];
  readonly name: string;
}

/** Holds parameters and options for the files beside and below it. */
export const inboxSettingsName = 'quire.json';

/** Start of every key in the inbox. */
export const inboxPrefix = 'inbox/';

/** Longest key of a file, in bytes: markers and artifacts have longer ones, and S3 takes 1,024. */
export const maxInboxKeyLengthInBytes = 900;

/**
 * The place of an input in the inbox. `undefined` for what is no input and starts nothing: settings, what our own markers or any program
 * hides in folders and names that begin with a dot, locks of Office (`~$…`), and the empty objects that stand for folders.
 */
export function inboxPlaceOf(key: string): InboxPlace | undefined {
  if (!key.startsWith(inboxPrefix)) return undefined;
  const parts = key.slice(inboxPrefix.length).split('/');
  if (parts.some((part) => part === '' || part.startsWith('.'))) return undefined;
  const name = parts.at(-1);
  if (name === undefined || name === inboxSettingsName || name.startsWith('~$')) return undefined;
  const [workflow, ...folders] = parts.slice(0, -1);
  return { workflow, folders, name };
}

/** Keys of the settings that may hold for a file, the nearest first. */
export function inboxSettingsKeys({ workflow, folders }: InboxPlace): readonly string[] {
  if (workflow === undefined) return [];
  return Array.from({ length: folders.length + 1 }, (_, index) => {
    const path = [workflow, ...folders.slice(0, folders.length - index), inboxSettingsName];
    return `${inboxPrefix}${path.join('/')}`;
  });
}

/** Key of the marker that says what became of a file; it stands beside it in a folder that starts no task. */
export function inboxMarkerKey(place: InboxPlace, outcome: 'done' | 'failed'): string {
  const { workflow, folders, name } = place;
  const path = workflow === undefined ? [] : [workflow, ...folders];
  return `${inboxPrefix}${[...path, `.${outcome}`, `${name}.json`].join('/')}`;
}

/** Start of the keys of a file's artifacts: the path that the file has in the inbox. */
export function outboxPrefix({ workflow = '', folders, name }: InboxPlace): string {
  return `outbox/${[workflow, ...folders, name].join('/')}/`;
}
