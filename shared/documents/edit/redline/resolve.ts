import { rewriteZip } from '../../rewrite-zip.ts';
import { renderPart, touch } from './render.ts';
import { createResolver } from './resolve-elements.ts';
import type { Decision } from './resolver.ts';
import { isRevision } from './revisions.ts';
import { encodePart, parseSource, type SourceElement } from './source-tree.ts';
import { openWordPackage } from './word-parts.ts';

/**
 * A Word document with every tracked change accepted: insertions, deletions and moves of text, of paragraph marks, of table rows and
 * cells, and changes of properties, in the body, notes, headers, footers and comments (ISO 29500-1 §17.13.5). Without tracked changes it
 * is the same bytes; parts without any stay byte for byte. Remarks stay. The content controls that a change put in or took away stay.
 */
export function acceptAll(bytes: Uint8Array): Uint8Array {
  return resolveAll(bytes, 'accept');
}

/** A Word document as it was before its tracked changes; see {@link acceptAll}. */
export function rejectAll(bytes: Uint8Array): Uint8Array {
  return resolveAll(bytes, 'reject');
}

function resolveAll(bytes: Uint8Array, decision: Decision): Uint8Array {
  const { file, parts } = openWordPackage(bytes);
  const changes = new Map<string, Uint8Array>();
  for (const { name } of parts) {
    const part = file.read(name);
    const resolved = part === undefined ? undefined : resolvePart(part, decision);
    if (resolved !== undefined) changes.set(name, resolved);
  }
  return rewriteZip(bytes, changes);
}

/** Where it is not in the bytes, no revision is in the part: saves parsing. UTF-16 has a zero between the letters. */
const traces = ['ins', 'del', 'move', 'Change', 'cell', 'customXml'];

function resolvePart(bytes: Uint8Array, decision: Decision): Uint8Array | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mayHaveRevisions = buffer.includes(0) || traces.some((trace) => buffer.includes(trace));
  if (!mayHaveRevisions) return undefined;
  const part = parseSource(bytes);
  const touched = new Set<SourceElement>();
  touchRevisions(part.root, touched);
  if (touched.size === 0) return undefined;
  const resolver = createResolver(part.source, touched, decision);
  return encodePart(part, renderPart(part.root, resolver));
}

function touchRevisions(element: SourceElement, touched: Set<SourceElement>): void {
  if (isRevision(element.name)) touch(element, touched);
  for (const child of element.children) touchRevisions(child, touched);
}
