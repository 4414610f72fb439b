import type { UntouchedTexts } from '#shared/domain/edit-view.ts';
import type { Cell, Column, Sheet, Workbook } from '#shared/domain/workbook.ts';
import { type DeliveredDocument, type DeliveredText, plainText } from './ledger.ts';
import type { FaultKind, HandledFault } from './schemas.ts';

interface Remarks {
  readonly languages: readonly string[];
  readonly notices: readonly string[];
  readonly untouched: readonly (UntouchedTexts & { readonly document: string })[];
}

/** Every segment with its source and its translations, and what a reader should look at, for whoever checks the work. */
export function bilingualWorkbook(
  documents: readonly DeliveredDocument[],
  remarks: Remarks,
): Workbook {
  return {
    title: 'Bilingual list of all segments',
    language: 'en',
    sheets: [segmentSheet(documents, remarks), flagSheet(documents, remarks)],
  };
}

function segmentSheet(documents: readonly DeliveredDocument[], remarks: Remarks): Sheet {
  const { languages } = remarks;
  const columns: Column[] = [
    { title: 'Document', type: 'text', width: 22 },
    { title: 'Segment', type: 'text', width: 10 },
    { title: 'Place', type: 'text', width: 22 },
    { title: 'Kind', type: 'text', width: 12 },
    { title: 'Source', type: 'text', width: 50, wrap: true },
    ...languages.map((title): Column => ({ title, type: 'text', width: 50, wrap: true })),
    { title: 'Flags', type: 'text', width: 40, wrap: true },
  ];
  const rows = documents.flatMap(({ document, segments }) =>
    segments.map(({ id, place, kind, kept, source, texts }) => {
      const delivered = languages.map((language) => [language, texts[language]] as const);
      return [
        text(document.name),
        text(id),
        text(place),
        text(kind),
        text(plainText(source)),
        ...delivered.map(([, each]) => targetCell(each)),
        text(kept === undefined ? flagsOf(delivered) : `kept: ${kept}`),
      ];
    }),
  );
  return { name: 'Segments', notes: notesOf(remarks), columns, rows };
}

/** One row for each thing that a check has found. */
function flagSheet(documents: readonly DeliveredDocument[], { languages }: Remarks): Sheet {
  const rows = documents.flatMap(({ document, segments }) =>
    segments.flatMap(({ id, place, texts }) =>
      languages.flatMap((language) =>
        (texts[language]?.faults ?? []).map((fault) => [
          text(document.name),
          text(id),
          text(place),
          text(language),
          text(describeKind(fault.kind)),
          text(describeAction(fault)),
        ]),
      ),
    ),
  );
  return {
    name: 'Flags',
    notes:
      rows.length > 0
        ? []
        : [{ text: 'The checks have found nothing wrong in the first answers.' }],
    columns: [
      { title: 'Document', type: 'text', width: 22 },
      { title: 'Segment', type: 'text', width: 10 },
      { title: 'Place', type: 'text', width: 22 },
      { title: 'Language', type: 'text', width: 10 },
      { title: 'Fault', type: 'text', width: 40 },
      { title: 'What was done', type: 'text', width: 60 },
    ],
    rows,
  };
}

/** What is missing comes first. */
function notesOf({ notices, untouched }: Remarks): NonNullable<Sheet['notes']> {
  return [
    ...notices.map((sentence) => ({ text: sentence, isBold: true })),
    ...untouched.map(({ document, reason, count }) => ({
      text: `${document}: left as they are: ${count} ${reason}.`,
      mark: 'warning' as const,
    })),
  ];
}

function targetCell(delivered: DeliveredText | undefined): Cell {
  const cell = text(delivered === undefined ? '' : plainText(delivered.text));
  if (delivered?.state === 'failed') return { ...cell, mark: 'missing' };
  const isNamed = delivered?.faults.some(({ action }) => action === 'named') === true;
  return isNamed ? { ...cell, mark: 'warning' } : cell;
}

function flagsOf(delivered: readonly (readonly [string, DeliveredText | undefined])[]): string {
  return delivered
    .flatMap(([language, each]) =>
      (each?.faults ?? []).map(
        (fault) => `${language}: ${describeKind(fault.kind)}: ${describeAction(fault)}`,
      ),
    )
    .join('; ');
}

const kinds: Readonly<Record<FaultKind, string>> = {
  missing: 'no translation',
  untranslated: 'not translated',
  tags: 'tags of the format broken',
  numbers: 'figures differ',
  placeholders: 'placeholders differ',
  urls: 'addresses differ',
  'do-not-translate': 'a text that should stay was changed',
  glossary: 'a term of the glossary was not found',
  language: 'perhaps still in the language of the source',
  length: 'length unusual',
};

function describeKind(kind: FaultKind): string {
  return kinds[kind];
}

function describeAction({ kind, action }: HandledFault): string {
  switch (action) {
    case 'repaired-by-model':
      return 'repaired by the model';
    case 'repaired-by-code':
      return kind === 'tags'
        ? 'repaired by program, the format within the text is lost'
        : 'repaired by program';
    case 'kept':
      return 'the source text was kept';
    case 'named':
      return 'delivered so; please check';
  }
}

function text(value: string): Extract<Cell, { kind: 'text' }> {
  return { kind: 'text', text: value };
}
