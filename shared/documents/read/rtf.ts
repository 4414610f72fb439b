import type { SourceFile } from '#shared/domain/document.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace, createUnitList } from '../unit-list.ts';
import { interpretRtf } from './rtf/interpreter.ts';
import { createStory, type RtfOutput, type Story, warningsOf } from './rtf/story.ts';

/**
 * Reads RTF (version 1.9.1): paragraphs, headings by style or outline level, items of lists with their markers, rows of tables, headers,
 * footers, footnotes, comments, links, hidden text and tracked changes. There is no kept library that does it; the format is a
 * stream of few kinds of tokens.
 */
export async function readRtf({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const list = createUnitList(documentId);
  const output: RtfOutput = {
    list,
    hidden: [],
    changes: [],
    positions: new Map(),
    notes: [],
    tables: 0,
    pictures: 0,
    objects: 0,
  };
  const body = createStory('body', output);
  const found = interpretRtf(bytes, {
    body,
    storyOf: (destination): Story => createStory(destination, output),
    addPicture: () => {
      output.pictures += 1;
    },
    addObject: () => {
      output.objects += 1;
    },
  });
  for (const note of output.notes.splice(0)) list.add(note);
  const title =
    collapseWhiteSpace(found.title) || list.units.find((unit) => unit.kind === 'heading')?.text;
  const message = 'The file ends within a group: its end is missing.';
  return {
    ...(title === undefined ? {} : { title }),
    units: list.units,
    hidden: output.hidden,
    changes: output.changes,
    warnings: [
      ...warningsOf(output),
      ...(found.isCut ? [{ code: 'malformed' as const, message, count: 1 }] : []),
    ],
  };
}
