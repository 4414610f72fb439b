import type { Workflow } from '../definition.ts';
import { accountOf } from './account.ts';
import { estimateTranslation } from './estimate.ts';
import { createFileNames } from './file-names.ts';
import { TranslateParams } from './params.ts';
import { qaStage } from './qa.ts';
import { renderTranslation } from './render.ts';
import { segmentsStage } from './segments.ts';
import { termsStage } from './terms.ts';
import { translateStage } from './translate.ts';

/** Translates files in place: the same format, layout and formatting in each language, every segment accounted for. */
export const translate: Workflow = {
  id: 'translate',
  version: 1,
  title: 'Translate',
  description:
    'Translates documents, decks, workbooks, web pages and subtitles into up to ten languages and gives back the same files with their formatting. Tags, numbers, placeholders, addresses and glossary terms are checked by program, and every segment is accounted for.',
  acceptedFormats: ['docx', 'pptx', 'xlsx', 'html', 'markdown', 'vtt', 'srt', 'csv'],
  maxDocuments: 20,
  editView: 'segments',
  params: TranslateParams,
  stages: [segmentsStage, termsStage, translateStage, qaStage],
  artifacts: [
    { name: 'bilingual.xlsx', format: 'xlsx' },
    { name: 'qa.json', format: 'json' },
  ],
  furtherArtifacts: {
    described:
      '<name>.<language>.<extension> for each input and language: memo.de.docx of memo.docx',
    names(params, inputs) {
      const { languages } = TranslateParams.parse(params);
      const nameOf = createFileNames();
      return inputs.flatMap(({ name, format }) =>
        languages.map((tag) => nameOf(name, format, tag)),
      );
    },
  },
  account: accountOf,
  render: renderTranslation,
  estimateRest: estimateTranslation,
};
