import * as z from 'zod';
import type { Document } from '#shared/domain/document.ts';
import type { StageContext, Workflow } from '../definition.ts';
import type { PromptLine } from '../prompt.ts';

/** The documents that a plan may name: the inputs. What is attached to one goes with it. */
export function inputsOf({ documents }: Pick<StageContext, 'documents'>): readonly Document[] {
  const attached = new Set(documents.flatMap(({ attachments }) => attachments));
  return documents.filter(({ id }) => !attached.has(id));
}

/** The workflows as the model is told of them. */
export function workflowLines(workflows: readonly Workflow[]): PromptLine[] {
  return workflows.flatMap((workflow): PromptLine[] => {
    const {
      id,
      description,
      acceptedFormats,
      minDocuments = 1,
      maxDocuments,
      artifacts,
    } = workflow;
    const count =
      minDocuments === maxDocuments
        ? `exactly ${maxDocuments}`
        : `${minDocuments} to ${maxDocuments}`;
    const delivers = artifacts.map(({ name }) => name);
    if (workflow.furtherArtifacts !== undefined) delivers.push(workflow.furtherArtifacts.described);
    return [
      { tag: id, text: description },
      { tag: `${id} takes`, text: `${count} inputs of ${acceptedFormats.join(', ')}` },
      { tag: `${id} params`, text: JSON.stringify(schemaOf(workflow)) },
      { tag: `${id} delivers`, text: delivers.join(', ') },
    ];
  });
}

function schemaOf({ params }: Workflow): unknown {
  const { $schema: _, ...schema } = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return schema;
}

/** What all descriptions of documents may take together, in characters. */
const mostCharacters = 16_000;

/** The documents as the model is told of them: enough to tell which is which. */
export function documentLines(documents: readonly Document[]): PromptLine[] {
  const share = Math.max(60, Math.min(1_200, Math.floor(mostCharacters / documents.length)));
  return documents.flatMap((document): PromptLine[] => {
    const { id, name, format, units, pageCount, title } = document;
    const pages = pageCount === undefined ? '' : `, ${pageCount} pages, slides or sheets`;
    const begins = beginningOf(document, share);
    return [
      { tag: id, text: name.slice(0, 200) },
      {
        tag: `${id} is`,
        text: `${format}, ${units.length} units${pages}${title === undefined ? '' : `, titled ${title.slice(0, 120)}`}`,
      },
      ...(begins === '' ? [] : [{ tag: `${id} begins`, text: begins }]),
    ];
  });
}

/** Headings say most in the least room; without any, the first words. */
function beginningOf({ units }: Document, most: number): string {
  const first = units.slice(0, 3);
  const headings = units.filter(({ kind }) => kind === 'title' || kind === 'heading').slice(0, 30);
  const shown = [...new Set([...first, ...headings])];
  return shown
    .map(({ text }) => text.slice(0, 200))
    .join(' · ')
    .slice(0, most);
}
