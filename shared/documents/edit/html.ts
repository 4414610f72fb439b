import { defaultTreeAdapter, parse } from 'parse5';
import { attributeSegments } from './html/attributes.ts';
import { escapeHtml } from './html/escape.ts';
import {
  type Element,
  inlineElementsIn,
  isSkipped,
  type Node,
  pieceOf,
  type RunPiece,
  trimRun,
} from './html/inline.ts';
import type { EditableFile } from './segments.ts';
import { openEncodedText } from './text/encoded-text.ts';
import { editableText, hasText, type SourceSegment } from './text/text-segments.ts';

/**
 * Opens an HTML page for rewriting its texts: paragraphs and the like with their inline elements as tags, the title, what describes the
 * page, and texts of attributes (`alt`, `title`, `placeholder`, `aria-label`). Scripts, styles, `pre`, code and what is marked
 * `translate="no"` stay; everything between the texts stays byte for byte (positions of the HTML standard's parser). The encoding stays
 * too: characters that it does not have are written as references.
 */
export function openHtmlForEdit(bytes: Uint8Array): EditableFile {
  const declared = declaredEncoding(bytes);
  const encoded = openEncodedText(bytes, {
    ...(declared === undefined ? {} : { declared }),
    reference: (codePoint) => `&#${codePoint};`,
    asUtf8: (text) => text.replace(/(<meta[^>]+charset\s*=\s*["']?)[\w-]+/i, '$1utf-8'),
  });
  const tree = parse(encoded.text, { sourceCodeLocationInfo: true, scriptingEnabled: false });
  const walk: Walk = { source: encoded.text, segments: [], inline: inlineElementsIn(tree) };
  walkTree(tree, walk);
  const inOrder = walk.segments.toSorted((left, right) => left.start - right.start);
  return editableText(encoded, inOrder);
}

interface Walk {
  readonly source: string;
  readonly segments: SourceSegment[];
  readonly inline: ReadonlySet<Node>;
}

/** A stack of its own, since pages nest deeper than calls may. */
interface Step {
  readonly node: Node;
  readonly path: string;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
}

function walkTree(tree: Node, walk: Walk): void {
  const stack: Step[] = [{ node: tree, path: '' }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, path } = step;
    if (defaultTreeAdapter.isElementNode(node)) {
      walk.segments.push(...attributeSegments(node, path, walk));
      if (isSkipped(node)) continue;
    }
    if ('childNodes' in node) stack.push(...stepsInto(node, path, walk).reverse());
  }
}

/** Text and inline elements that stand one after the other make segments here; all other children are walked into. */
function stepsInto(parent: { childNodes: Node[] }, path: string, walk: Walk): Step[] {
  const counts = new Map<string, number>();
  const steps: Step[] = [];
  let run: RunPiece[] = [];
  const endRun = () => {
    addRun(run, path, walk);
    run = [];
  };
  for (const node of parent.childNodes) {
    const childPath = 'tagName' in node ? stepPath(node, path, counts) : path;
    const piece = isRunChild(node, walk) ? pieceOf(node, walk.source) : undefined;
    if (piece === undefined) {
      endRun();
      steps.push({ node, path: childPath });
      continue;
    }
    if (run.length > 0 && run.at(-1)?.end !== piece.start) endRun();
    run.push(piece);
    addAttributesWithin({ node, path: childPath }, walk);
  }
  endRun();
  return steps;
}

function isRunChild(node: Node, { inline }: Walk): boolean {
  const isText = defaultTreeAdapter.isTextNode(node) || defaultTreeAdapter.isCommentNode(node);
  return isText || inline.has(node);
}

function stepPath(node: Element, path: string, counts: Map<string, number>): string {
  const count = (counts.get(node.tagName) ?? 0) + 1;
  counts.set(node.tagName, count);
  const step = count === 1 ? node.tagName : `${node.tagName}[${count}]`;
  return path === '' ? step : `${path}/${step}`;
}

function addRun(run: readonly RunPiece[], path: string, walk: Walk): void {
  const { start, end, pieces } = trimRun(run, walk.source);
  if (!hasText(pieces)) return;
  walk.segments.push({
    id: `text-${start}`,
    kind: path.endsWith('/title') ? 'property' : 'paragraph',
    place: { kind: 'html', element: path === '' ? 'html/body' : path },
    start,
    end,
    pieces,
    write: escapeHtml,
  });
}

function addAttributesWithin(root: Step, walk: Walk): void {
  const stack: Step[] = [root];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, path } = step;
    if (!defaultTreeAdapter.isElementNode(node)) continue;
    walk.segments.push(...attributeSegments(node, path, walk));
    const counts = new Map<string, number>();
    const nested = node.childNodes.map((each) => ({
      node: each,
      path: 'tagName' in each ? stepPath(each, path, counts) : path,
    }));
    stack.push(...nested.reverse());
  }
}
