import type { ArtifactContent } from '../artifact-content.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { simulatedNotices } from '../notices.ts';
import { bilingualWorkbook } from './bilingual.ts';
import { createFileNames } from './file-names.ts';
import { gapSentences, gapsIn } from './gaps.ts';
import { type DeliveredDocument, deliveredDocuments } from './ledger.ts';
import { TranslateParams } from './params.ts';
import { qaReport, summaryOf } from './qa-report.ts';
import { segmentsIn } from './segments.ts';

/** Writes each file once a language, the bilingual workbook and the report of the checks. */
export function renderTranslation(context: RenderContext): Rendering {
  const { languages } = TranslateParams.parse(context.params);
  const { source } = segmentsIn(context);
  const documents = deliveredDocuments(context);
  const notices = [
    ...gapNotices(context, documents, languages),
    ...simulatedNotices(
      context,
      'The words were given accents by a program that stands in for a translator',
    ),
  ];
  const untouched = documents.flatMap(({ document }) => {
    const view = context.editViewOf(document.id);
    const texts = view.kind === 'segments' ? view.untouched : [];
    return texts.map((each) => ({ document: document.name, ...each }));
  });
  const nameOf = createFileNames();
  const contents: Record<string, ArtifactContent> = {};
  const files: { document: string; language: string; name: string }[] = [];
  for (const delivered of documents) {
    for (const language of languages) {
      const { name, format } = delivered.document;
      const file = nameOf(name, format, language);
      contents[file] = editedFile(delivered, language);
      files.push({ document: name, language, name: file });
    }
  }
  const summary = summaryOf(documents, languages);
  const shared = { source, notices, untouched };
  return {
    result: { ...shared, languages: summary, files },
    citations: [],
    contents: {
      ...contents,
      'bilingual.xlsx': {
        format: 'xlsx',
        workbook: bilingualWorkbook(documents, { languages, notices, untouched }),
      },
      'qa.json': { format: 'json', value: qaReport(context, documents, { ...shared, summary }) },
    },
  };
}

/** What stays as it is needs no rewriting. */
function editedFile({ document, segments }: DeliveredDocument, language: string): ArtifactContent {
  const texts = segments.flatMap(({ segmentId, source, texts: byLanguage }) => {
    const text = byLanguage[language]?.text ?? source;
    return text === source ? [] : [[segmentId, text] as const];
  });
  return {
    format: 'edited',
    original: document.id,
    originalFormat: document.format,
    texts: Object.fromEntries(texts),
    language,
  };
}

/** What is missing, and that calls have failed where nothing is missing all the same. */
function gapNotices(
  { reasons }: RenderContext,
  documents: readonly DeliveredDocument[],
  languages: readonly string[],
): string[] {
  const sentences = gapSentences(gapsIn(documents, languages));
  if (sentences.length > 0 || reasons.length === 0) return sentences;
  const codes = [...new Set(reasons.map(({ code }) => code))].join(', ');
  return [
    `Some of the questions to the model have failed (${codes}); every segment is translated.`,
  ];
}
