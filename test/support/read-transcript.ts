import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from './office-files.ts';
import { readDocument } from './read-document.ts';

/** Reads a file as what its name and content say it is. */
export function readNamed(name: string, content: string | Uint8Array): Promise<Document> {
  return readDocument(sourceFile(name, content), DocumentFormat.options);
}

/** `number start-end speaker: text`, with `?` for what is not known. */
export function linesOf({ units }: Document): string[] {
  return units.map(({ locator, author, text }) => {
    if (locator.kind !== 'cue') throw new Error('Expected a locator of a cue.');
    const { cue, startInMs = '?', endInMs = '?' } = locator;
    return `${cue} ${startInMs}-${endInMs} ${author ?? '?'}: ${text}`;
  });
}
