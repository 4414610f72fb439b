import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { decodeText } from '../decode-text.ts';
import { textLimits } from '../limits.ts';
import type { ReadContent } from '../read-content.ts';
import { refuseComplex } from '../refuse-complex.ts';
import { guessWarning } from './text.ts';
import { readAmazon } from './transcripts/amazon.ts';
import { contentOfCues } from './transcripts/cues.ts';
import { type EntryCues, readEntries } from './transcripts/entries.ts';
import { objectOf, textAt } from './transcripts/json-value.ts';

/**
 * Reads a transcript in JSON: a batch job of Amazon Transcribe, or any list of entries with a text each (see {@link readEntries}).
 * `locator.cue` is the position in that list. JSON of another form is refused with `unsupported_format`.
 */
export async function readTranscript({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  refuseComplex('bytes of JSON', bytes.length, textLimits.characters);
  const { text, guessed } = decodeText(bytes);
  const root = parse(text);
  const { cues, malformed } = cuesOf(root);
  const title = textAt(objectOf(root) ?? {}, ['title', 'topic', 'subject', 'meetingTitle']);
  const content = contentOfCues(documentId, cues, { title, malformed });
  return { ...content, warnings: [...guessWarning(guessed), ...content.warnings] };
}

function cuesOf(root: unknown): EntryCues {
  const object = objectOf(root);
  const amazon = object === undefined ? undefined : readAmazon(object);
  const found = amazon === undefined ? readEntries(root) : { cues: amazon, malformed: 0 };
  if (found !== undefined) return found;
  throw new QuireError(
    'unsupported_format',
    'Expected a transcript of Amazon Transcribe ("results" with "transcripts"), of Microsoft Teams ("entries") or Graph ("spokenText"), or a list of objects with "text", "speaker", "start" and "end"; the JSON is of another form. Export the transcript as WebVTT, or bring it into one of these forms.',
  );
}

/** The message of the parser quotes the text, so it goes no further than the cause. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notJson(cause);
  }
}

function notJson(cause: unknown): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected JSON; the file is not. Export the transcript again and send the new file.',
    { cause },
  );
}
