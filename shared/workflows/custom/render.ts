import * as z from 'zod';
import type { ArtifactContent } from '../artifact-content.ts';
import { createCitationList } from '../citation-list.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { gapNotices, simulatedNotices } from '../notices.ts';
import { createFileNames } from '../translate/file-names.ts';
import type { Field } from './answer-schema.ts';
import { isLookedFor } from './answer-schema.ts';
import type { ArtifactDefinition, WorkflowDefinition } from './definition.ts';
import { outputOf } from './outputs.ts';
import { artifactsOf, createRenderData, mask } from './render-data.ts';
import { renderReport } from './render-report.ts';
import { renderTable } from './render-table.ts';
import { type Replaced, replaceIn } from './replace.ts';
import { type Shapes, shapesOf } from './shapes.ts';
import type { Written } from './written.ts';

/** Writes the artifacts of a definition. */
export function renderCustom(definition: WorkflowDefinition, context: RenderContext): Rendering {
  const replaced = artifactsOf(definition).flatMap((artifact) =>
    artifact.kind === 'replace' ? [{ artifact, ...replaceIn(definition, artifact, context) }] : [],
  );
  const written: Written = {
    definition,
    context,
    data: createRenderData(definition, context),
    citations: createCitationList(context),
    notices: noticesOf(definition, context, replaced),
    replaced,
  };
  const contents: Record<string, ArtifactContent> = {};
  for (const artifact of artifactsOf(definition)) {
    const content = contentOf(artifact, written);
    if (content !== undefined) contents[artifact.name] = content;
  }
  const files = replacedFiles(context, replaced);
  for (const { name, content } of files) contents[name] = content;
  return {
    result: resultOf(definition, { context, files, replaced, notices: written.notices }),
    citations: written.citations.all,
    contents,
  };
}

function contentOf(artifact: ArtifactDefinition, written: Written): ArtifactContent | undefined {
  switch (artifact.kind) {
    case 'report':
      return renderReport(artifact, written);
    case 'table':
      return renderTable(artifact, written);
    case 'json': {
      const { context, definition } = written;
      return { format: 'json', value: valuesOf(context, shapesOf(definition), artifact.from) };
    }
    // As many files as there are inputs.
    case 'replace':
      return undefined;
  }
}

interface ReplacedFile {
  readonly document: string;
  readonly name: string;
  readonly content: ArtifactContent;
}

function replacedFiles(context: RenderContext, replaced: Written['replaced']): ReplacedFile[] {
  const nameOf = createFileNames();
  return replaced.flatMap(({ artifact, texts }) =>
    context.documents
      // What was attached to an input is no file of its own.
      .filter(({ id }) => context.editViewOf(id).kind === 'segments')
      .map(({ id, name, format }): ReplacedFile => {
        const own = texts.get(id) ?? {};
        return {
          document: name,
          name: nameOf(name, format, artifact.name),
          content: { format: 'edited', original: id, originalFormat: format, texts: own },
        };
      }),
  );
}

/** What a reader must know before reading: what is missing, what was dropped, what could not be replaced. */
function noticesOf(
  definition: WorkflowDefinition,
  context: RenderContext,
  replaced: readonly Replaced[],
): string[] {
  const outputs = definition.stages.map(({ name }) => ({ name, ...outputOf(context, name) }));
  const dropped = outputs.flatMap((output) => output.dropped);
  const unmerged = outputs.reduce((sum, output) => sum + output.unmerged, 0);
  const unfinished = outputs.filter(
    ({ name, items }) =>
      items.length > 1 &&
      definition.stages.some((stage) => stage.name === name && stage.kind === 'reduce'),
  );
  const left = replaced.flatMap((each) => each.left);
  return [
    ...left.map(
      ({ documentName, place, reason }) =>
        `Not replaced in ${documentName}, ${place}: ${reason}. Replace it by hand before the file goes out.`,
    ),
    ...replaced.flatMap(({ unread }) =>
      unread.map(
        ({ documentName, what }) =>
          `Not looked at in ${documentName}, and still there: ${what}. See to it before the file goes out.`,
      ),
    ),
    ...gapNotices(context, 'This result'),
    ...(dropped.length === 0
      ? []
      : [
          `${dropped.length} ${dropped.length === 1 ? 'statement' : 'statements'} of the model ${dropped.length === 1 ? 'is' : 'are'} left out or lost a quote, because code could not find it in the source: ${[...new Set(dropped.map(({ place }) => place))].slice(0, 5).join('; ')}.`,
        ]),
    ...(unmerged === 0 ? [] : [`${unmerged} answers could not be merged and are not part of it.`]),
    ...unfinished.map(
      ({ name, items }) =>
        `${name}: the answers are too long to be merged into one; ${items.length} are shown.`,
    ),
    ...simulatedNotices(context, 'This result was put together by a program from the text'),
  ];
}

interface ResultParts {
  readonly context: RenderContext;
  readonly files: readonly { readonly document: string; readonly name: string }[];
  readonly replaced: readonly Replaced[];
  readonly notices: readonly string[];
}

/** What code has checked stands for what it was checked from. */
function resultOf(
  definition: WorkflowDefinition,
  { context, files, replaced, notices }: ResultParts,
): unknown {
  const shapes = shapesOf(definition);
  const superseded = definition.stages.flatMap((stage) =>
    stage.kind === 'verify' ? [stage.of] : [],
  );
  const names = [...shapes.keys()].filter((name) => !superseded.includes(name));
  const outputs = definition.stages.map(({ name }) => outputOf(context, name));
  const count = (pick: (output: (typeof outputs)[number]) => number) =>
    outputs.reduce((sum, output) => sum + pick(output), 0);
  return {
    workflow: definition.id,
    version: definition.version,
    notices,
    stages: Object.fromEntries(names.map((name) => [name, valuesOf(context, shapes, name)])),
    dropped: outputs.flatMap((output) => output.dropped),
    addedByCode: count(({ added }) => added),
    ...(replaced.length === 0
      ? {}
      : {
          replaced: replaced.reduce(
            (sum, { counts }) => sum + [...counts.values()].reduce((all, each) => all + each, 0),
            0,
          ),
          left: replaced.flatMap(({ left }) => left),
          files: files.map(({ document, name }) => ({ document, name })),
        }),
  };
}

/** Answers as they are delivered: masked where the schema says so, without quotes that nobody has checked. */
function valuesOf(context: RenderContext, shapes: Shapes, stage: string): unknown[] {
  const shape = shapes.get(stage);
  if (shape === undefined) return [];
  return outputOf(context, stage).items.map(({ documentId, part, value }) => {
    const name = context.documents.find(({ id }) => id === documentId)?.name;
    return {
      ...(name === undefined ? {} : { document: name }),
      ...(part === undefined ? {} : { part }),
      value: deliverable(shape.field, value, shape.isVerified),
    };
  });
}

const Values = z.record(z.string(), z.unknown());

function deliverable(field: Field, value: unknown, isVerified: boolean): unknown {
  if (isLookedFor(field) && !isVerified) return undefined;
  if (field.type === 'string' && field.masked === true) {
    return value === undefined ? undefined : mask(String(value));
  }
  if (field.type === 'array') {
    return (Array.isArray(value) ? value : []).map((each) =>
      deliverable(field.items, each, isVerified),
    );
  }
  if (field.type !== 'object') return value;
  const values = Values.safeParse(value).data ?? {};
  return Object.fromEntries(
    Object.entries(field.properties).map(([name, property]) => [
      name,
      deliverable(property, values[name], isVerified),
    ]),
  );
}
