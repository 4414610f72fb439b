import type { Presentation, Slide } from '#shared/domain/presentation.ts';
import type { ReportBlock, Run } from '#shared/domain/report.ts';
import type { Sheet } from '#shared/domain/workbook.ts';
import type { ArtifactContent } from '#shared/workflows/artifact-content.ts';

/** Ids of the citations that a file will show. */
export function citedIds(content: ArtifactContent): ReadonlySet<string> {
  switch (content.format) {
    case 'docx':
    case 'markdown':
      return idsOfRuns(content.report.blocks.flatMap(runsOfBlock));
    case 'pptx':
      return idsOfRuns(runsOfPresentation(content.presentation));
    case 'xlsx':
      return new Set(content.workbook.sheets.flatMap(idsOfSheet));
    case 'csv':
      return new Set(idsOfSheet(content.sheet));
    case 'filled-workbook':
      return new Set(content.cells.flatMap(({ citations = [] }) => citations));
    // They cite nothing of their own accord.
    case 'json':
    case 'edited':
    case 'redline':
    case 'copy':
      return new Set();
  }
}

function idsOfRuns(runs: readonly Run[]): ReadonlySet<string> {
  return new Set(runs.flatMap(({ citations = [] }) => citations));
}

function runsOfBlock(block: ReportBlock): Run[] {
  switch (block.kind) {
    case 'paragraph':
    case 'lead':
      return block.runs;
    case 'list':
      return block.items.flat();
    case 'table':
      return block.rows.flat(2);
    case 'heading':
    case 'notice':
    case 'contents':
    case 'page-break':
      return [];
  }
}

function runsOfPresentation({ slides }: Presentation): Run[] {
  return slides.flatMap(runsOfSlide);
}

function runsOfSlide(slide: Slide): Run[] {
  switch (slide.kind) {
    case 'bullets':
      return slide.content.items.flatMap(({ runs }) => runs);
    case 'two-columns':
      return [...slide.left.items, ...slide.right.items].flatMap(({ runs }) => runs);
    case 'table':
      return slide.rows.flat(2);
    case 'title':
    case 'section':
    case 'chart':
      return [];
  }
}

function idsOfSheet({ rows }: Sheet): string[] {
  return rows.flatMap((row) => row.flatMap((cell) => (cell.kind === 'citation' ? [cell.id] : [])));
}
