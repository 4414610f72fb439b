import type { Token } from 'markdown-it';
import { createInlineText, type InlineText, type InlineTextBuilder } from '../inline-text.ts';

/** What inline markup holds besides text. */
export interface InlineFindings {
  images: number;
  /** Footnotes written where they belong, `^[like this]`, by their number from 0. */
  readonly noteIds: number[];
}

/** Text of an inline token with its links: code and alternative texts too, markup not, a line break as a space. */
export function readInline(
  children: readonly Token[],
  findings: InlineFindings = { images: 0, noteIds: [] },
): InlineText {
  const text = createInlineText();
  for (const token of children) append(token, text, findings);
  return text.take();
}

function append(token: Token, text: InlineTextBuilder, findings: InlineFindings): void {
  switch (token.type) {
    case 'text':
    case 'code_inline':
      text.add(token.content);
      break;
    case 'softbreak':
    case 'hardbreak':
      text.add(' ');
      break;
    case 'link_open':
      text.openLink(String(token.attrGet('href') ?? ''));
      break;
    case 'link_close':
      text.closeLink();
      break;
    case 'image':
      findings.images += 1;
      text.add(readInline(token.children ?? []).text);
      break;
    case 'html_inline':
      appendHtml(token.content, text, findings);
      break;
    case 'footnote_ref':
      noteReference(token, findings);
      break;
  }
}

/** One tag; the text between tags has tokens of its own. */
function appendHtml(tag: string, text: InlineTextBuilder, findings: InlineFindings): void {
  if (/^<br\b/i.test(tag)) text.add(' ');
  if (/^<\/a\b/i.test(tag)) text.closeLink();
  const target = /^<a\b[^>]*\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag);
  if (target !== null) text.openLink(target[1] ?? target[2] ?? target[3] ?? '');
  if (!/^<img\b/i.test(tag)) return;
  findings.images += 1;
  const alternative = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag);
  text.add(` ${alternative?.[1] ?? alternative?.[2] ?? alternative?.[3] ?? ''} `);
}

/** References by a label lead to a definition, which is read where it stands. */
function noteReference({ meta }: Token, findings: InlineFindings): void {
  const { id, label } = meta as { readonly id: number; readonly label?: string };
  if (label === undefined) findings.noteIds.push(id);
}
