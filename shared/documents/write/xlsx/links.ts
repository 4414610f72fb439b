import type { Cell } from '#shared/domain/workbook.ts';
import type { PackageWriter } from '../package.ts';
import type { WarningTally } from '../written-file.ts';
import { element } from '../xml-writer.ts';
import type { SheetLayout } from './layout.ts';
import { type ExcelLimits, maxAddressLength } from './limits.ts';
import { cellName, quotedSheet } from './references.ts';

export interface LinkContext {
  readonly file: PackageWriter;
  readonly layouts: readonly SheetLayout[];
  readonly limits: ExcelLimits;
  readonly warnings: WarningTally;
}

/** Element `hyperlinks` of a sheet, empty where there are none; external addresses become relationships of the part. */
export function writeLinks(layout: SheetLayout, part: string, context: LinkContext): string {
  const links: string[] = [];
  let leftOut = 0;
  for (let row = layout.from; row < layout.to; row += 1) {
    layout.source.rows[row]?.forEach((cell, column) => {
      if (cell.kind !== 'link') return;
      const ref = cellName(column, layout.firstRow + row - layout.from);
      const link =
        links.length < context.limits.linksInSheet
          ? writeLink({ ref, target: cell.target, part }, context)
          : undefined;
      if (link === undefined) leftOut += 1;
      else links.push(link);
    });
  }
  if (leftOut > 0) context.warnings.add('link_left_out', leftOut);
  return links.length === 0 ? '' : element('hyperlinks', {}, ...links);
}

interface WantedLink {
  readonly ref: string;
  readonly target: Extract<Cell, { kind: 'link' }>['target'];
  readonly part: string;
}

function writeLink({ ref, target, part }: WantedLink, context: LinkContext): string | undefined {
  if (typeof target !== 'string') {
    const location = locationOf(target, context.layouts);
    return location === undefined ? undefined : element('hyperlink', { ref, location });
  }
  const address = safeAddress(target);
  if (address === undefined) return undefined;
  const id = context.file.relate(part, { type: 'hyperlink', target: address, isExternal: true });
  return element('hyperlink', { ref, 'r:id': id });
}

function locationOf(
  { sheet, row }: Exclude<WantedLink['target'], string>,
  layouts: readonly SheetLayout[],
): string | undefined {
  const layout = layouts.find(
    ({ source, from, to }) => source.name === sheet && row >= from && row < to,
  );
  if (layout === undefined) return undefined;
  return `${quotedSheet(layout.name)}!${cellName(0, layout.firstRow + row - layout.from)}`;
}

const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Addresses come from documents: whatever is no page or mailbox (files, scripts, other programs) is no link. */
function safeAddress(target: string): string | undefined {
  if (!URL.canParse(target)) return undefined;
  const { protocol, href } = new URL(target);
  return schemes.has(protocol) && href.length <= maxAddressLength ? href : undefined;
}
