import type { DocumentWarning, HiddenText, SourceFile } from '#shared/domain/document.ts';
import { decodeText, refuseLongText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList } from '../unit-list.ts';
import { parseHtml, parseHtmlFragment } from './html/parse.ts';
import { type PageFindings, type PageTarget, walkPage } from './html/walk.ts';
import { guessWarning } from './text.ts';

/**
 * Reads HTML (the living standard, by parse5): what a reader of the page would see, in its order. Tables of data give a unit for each row,
 * those of layout the blocks in their cells; a table within a cell follows the row. What the page hides is kept apart. Style sheets are
 * not read and scripts not run, nothing is loaded.
 */
export async function readHtml({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  refuseLongText(bytes);
  const { text, guessed } = decodeText(bytes, declaredEncoding(bytes));
  const list = createUnitList(documentId);
  let tables = 0;
  const findings = walkPage(parseHtml(text), {
    list,
    placeOf: (element) => ({ kind: 'html', element: element === '' ? 'html' : element }),
    nextTable: () => {
      tables += 1;
      return tables;
    },
  });
  const heading = list.units.find((unit) => unit.kind === 'heading')?.text;
  const title = isBlank(findings.title) ? heading : findings.title;
  return {
    ...(title === undefined ? {} : { title }),
    units: list.units,
    warnings: [...guessWarning(guessed), ...findings.tally.warnings()],
    hidden: findings.hidden,
  };
}

/** Adds the units of a piece of HTML in another format, for example of a block of Markdown or the body of an e-mail. */
export function readHtmlFragment(
  html: string,
  target: PageTarget,
): { readonly warnings: readonly DocumentWarning[]; readonly hidden: readonly HiddenText[] } {
  const { tally, hidden }: PageFindings = walkPage(parseHtmlFragment(html), target);
  return { warnings: tally.warnings(), hidden };
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text === '';
}

/** Of XHTML in the declaration, else of the first element that says it. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  const declared =
    /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/i.exec(head) ??
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head);
  return declared?.[1]?.toLowerCase();
}
