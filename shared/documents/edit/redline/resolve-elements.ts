import { render, renderChildren } from './render.ts';
import { resolveBlocks } from './resolve-blocks.ts';
import type { Decision, Resolver } from './resolver.ts';
import { deletions, insertions, isRevisionRange, propertyChanges } from './revisions.ts';
import { type SourceElement, sourceChild } from './source-tree.ts';

export function createResolver(
  source: string,
  touched: ReadonlySet<SourceElement>,
  decision: Decision,
): Resolver {
  const isAccepting = decision === 'accept';
  const resolver: Resolver = {
    source,
    touched,
    decision,
    dropped: isAccepting ? deletions : insertions,
    kept: isAccepting ? insertions : deletions,
    rewrite: (element) => rewrite(element, resolver),
  };
  return resolver;
}

function rewrite(element: SourceElement, resolver: Resolver): string | undefined {
  const { name } = element;
  if (resolver.dropped.includes(name) || isRevisionRange(name)) return '';
  if (resolver.kept.includes(name)) return resolveBlocks(element, resolver);
  if (name in propertyChanges || goesEitherWay.has(name)) return '';
  return rewriters[name]?.(element, resolver) ?? resolveContent(element, resolver);
}

const goesEitherWay: ReadonlySet<string> = new Set([
  'w:numberingChange',
  'w:cellIns',
  'w:cellDel',
  'w:cellMerge',
]);

type Rewriter = (element: SourceElement, resolver: Resolver) => string | undefined;

const properties: Rewriter = (element, resolver) =>
  oldProperties(element, resolver) ?? emptyOr(element, resolver);

/** What is left of a link or tag whose whole text goes would be a link from nothing. */
const wrapper: Rewriter = (element, resolver) => {
  const { source } = resolver;
  const content = resolveBlocks(element, resolver);
  if (content.trim() === '' && element.children.length > 0) return '';
  return (
    source.slice(element.start, element.openEnd) +
    content +
    source.slice(element.closeStart, element.end)
  );
};

const rewriters: Readonly<Record<string, Rewriter>> = {
  'w:delText': (element, resolver) => renamed(element, ['delText', 't'], resolver),
  'w:delInstrText': (element, resolver) =>
    renamed(element, ['delInstrText', 'instrText'], resolver),
  'w:rPr': properties,
  'w:pPr': properties,
  'w:sectPr': properties,
  'w:tblPr': properties,
  'w:tblPrEx': properties,
  'w:tblGrid': properties,
  'w:trPr': properties,
  'w:tcPr': (element, resolver) => mergedCell(element, resolver) ?? properties(element, resolver),
  'w:hyperlink': wrapper,
  'w:smartTag': wrapper,
  'w:tbl': (element, resolver) => (isGone(element, resolver) ? '' : undefined),
  'w:tr': (element, resolver) => (isGone(element, resolver) ? '' : undefined),
  'w:tc': (element, resolver) => (isGone(element, resolver) ? '' : undefined),
};

function resolveContent(element: SourceElement, resolver: Resolver): string {
  const { source } = resolver;
  return (
    source.slice(element.start, element.openEnd) +
    resolveBlocks(element, resolver) +
    source.slice(element.closeStart, element.end)
  );
}

function renamed(
  element: SourceElement,
  [from, to]: readonly [from: string, to: string],
  { decision, source }: Resolver,
): string | undefined {
  if (decision === 'accept') return undefined;
  const tag = source.slice(element.start, element.openEnd).replace(from, to);
  const end = source.slice(element.closeStart, element.end).replace(from, to);
  return tag + source.slice(element.openEnd, element.closeStart) + end;
}

/** Properties that stand in the same element and are not part of what a change of it records. */
const apart: Readonly<Record<string, readonly string[]>> = {
  'w:pPr': ['w:rPr', 'w:sectPr'],
  'w:sectPr': ['w:headerReference', 'w:footerReference'],
  'w:trPr': ['w:ins', 'w:del'],
  'w:rPr': ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'],
};

function oldProperties(element: SourceElement, resolver: Resolver): string | undefined {
  const { decision, source } = resolver;
  const change = element.children.find((child) => propertyChanges[child.name] === element.name);
  if (change === undefined || decision === 'accept') return undefined;
  const old = sourceChild(change, element.name);
  const before = old === undefined ? '' : source.slice(old.openEnd, old.closeStart);
  const own = element.children
    .filter((child) => apart[element.name]?.includes(child.name) === true)
    .map((child) => render(child, resolver))
    .join('');
  const content = element.name === 'w:pPr' ? before + own : own + before;
  return enclosed(element, content, source);
}

/** Properties of which nothing is left go as a whole: they were made for the change. */
function emptyOr(element: SourceElement, resolver: Resolver): string {
  const { source } = resolver;
  const content = renderChildren(element, (child) => render(child, resolver), source);
  return enclosed(element, content, source);
}

function enclosed(element: SourceElement, content: string, source: string): string {
  if (content.trim() === '' && Object.keys(element.attributes).length === 0) return '';
  return (
    source.slice(element.start, element.openEnd) +
    content +
    source.slice(element.closeStart, element.end)
  );
}

/** A change of merged cells says what `w:vMerge` is with it and without it (ISO 29500-1 §17.13.5.6). */
function mergedCell(element: SourceElement, resolver: Resolver): string | undefined {
  const merge = sourceChild(element, 'w:cellMerge');
  if (merge === undefined) return undefined;
  const attribute = resolver.decision === 'accept' ? 'w:vMerge' : 'w:vMergeOrig';
  const prefix = element.rawName.slice(0, element.rawName.length - 'tcPr'.length);
  const value = merge.attributes[attribute];
  const restart = value === 'rest' ? ` ${prefix === '' ? 'w:' : prefix}val="restart"` : '';
  const written = value === undefined ? '' : `<${prefix}vMerge${restart}/>`;
  const rest = element.children.filter((child) => child.name !== 'w:vMerge');
  const isBefore = (child: SourceElement) => beforeMerge.has(child.name);
  const text = (children: readonly SourceElement[]) =>
    children.map((child) => render(child, resolver)).join('');
  const content =
    text(rest.filter(isBefore)) + written + text(rest.filter((child) => !isBefore(child)));
  return enclosed(element, content, resolver.source);
}

const beforeMerge: ReadonlySet<string> = new Set([
  ...['w:cnfStyle', 'w:tcW', 'w:gridSpan', 'w:hMerge'],
]);

/** A row or cell goes by its own mark or with the last of its cells, a table with the last of its rows. */
function isGone(element: SourceElement, resolver: Resolver): boolean {
  const { decision } = resolver;
  switch (element.name) {
    case 'w:tc': {
      const mark = decision === 'accept' ? 'w:cellDel' : 'w:cellIns';
      return sourceChild(sourceChild(element, 'w:tcPr'), mark) !== undefined;
    }
    case 'w:tr': {
      const mark = decision === 'accept' ? 'w:del' : 'w:ins';
      const isMarked = sourceChild(sourceChild(element, 'w:trPr'), mark) !== undefined;
      return isMarked || areAllGone(element, 'w:tc', resolver);
    }
    default:
      return areAllGone(element, 'w:tr', resolver);
  }
}

function areAllGone(element: SourceElement, name: string, resolver: Resolver): boolean {
  const parts = [...partsOf(element, name)];
  return parts.length > 0 && parts.every((part) => isGone(part, resolver));
}

/** Rows and cells may stand in content controls. */
function* partsOf(element: SourceElement, name: string): Generator<SourceElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    else if (/^w:(?:sdt|sdtContent|customXml|ins|moveTo)$/.test(child.name)) {
      yield* partsOf(child, name);
    }
  }
}
