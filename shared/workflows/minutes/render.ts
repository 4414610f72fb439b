import type { ArtifactContent } from '../artifact-content.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { guessLanguage } from '../language.ts';
import { inputsOf } from './inputs.ts';
import { actionSheet, decisionSheet } from './lists.ts';
import { MinutesParams } from './params.ts';
import { fieldsOf, notices, writeMinutes } from './report.ts';
import { gatherResult } from './result.ts';

const sampleUnits = 300;

/** Makes the result, its citations and the files: minutes for each template, and the lists of actions and decisions. */
export function renderMinutes(context: RenderContext): Rendering {
  const { transcripts, templates } = inputsOf(context);
  const content = gatherResult(context, languageOf(context));
  const { result, citations } = content;
  const fields = fieldsOf(content);
  const documents = templates.map((template, index): [string, ArtifactContent] => [
    index === 0 ? 'minutes.docx' : `minutes-${template.name.replace(/\.[^.]+$/, '')}.docx`,
    {
      format: 'docx',
      report: writeMinutes(context, content, template),
      template: template.id,
      fields,
    },
  ]);
  const report = writeMinutes(context, content, undefined);
  return {
    result: {
      ...result,
      notices: notices(context, content, undefined),
      transcripts: transcripts.map(({ id, name, units }) => ({ id, name, units: units.length })),
    },
    citations: citations.all,
    report,
    contents: {
      ...(documents.length === 0
        ? { 'minutes.docx': { format: 'docx' as const, report } }
        : Object.fromEntries(documents)),
      'actions.csv': { format: 'csv', sheet: actionSheet(result) },
      'decisions.csv': { format: 'csv', sheet: decisionSheet(result) },
    },
  };
}

function languageOf(context: RenderContext): string {
  const { language } = MinutesParams.parse(context.params);
  if (language !== 'auto') return language;
  const units = inputsOf(context).transcripts.flatMap((transcript) => transcript.units);
  const step = Math.max(1, Math.floor(units.length / sampleUnits));
  return guessLanguage(
    units
      .filter((_, index) => index % step === 0)
      .map(({ text }) => text)
      .join(' '),
  );
}
