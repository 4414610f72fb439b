import { attributeOf, type HtmlElement } from './parse.ts';

/** Elements that stand within a line; any other begins and ends a block. */
const inline = new Set(
  `a abbr acronym audio b bdi bdo big blink button canvas cite code data del dfn em font i img input ins kbd label map mark
  meter nobr object output picture progress q rb rp rt rtc ruby s samp select slot small span strike strong sub sup svg textarea time tt
  u var video wbr br area embed param source track iframe`.split(/\s+/),
);

/** Code of the page, which is no text. */
const code = new Set(['script', 'style']);

/** Things that a browser loads from elsewhere and shows in the page. */
const embedded = new Set([
  ...['iframe', 'frame', 'object', 'embed', 'applet', 'audio', 'video', 'canvas', 'portal'],
]);

/** Content for programs that cannot show something, or that scripts use. */
const alternative = new Set([
  ...['template', 'noscript', 'noframes', 'noembed', 'datalist', 'annotation', 'annotation-xml'],
  'metadata',
]);

export function isInline(node: HtmlElement): boolean {
  return inline.has(node.tagName) || !node.namespaceURI.endsWith('xhtml');
}

export function isCode(node: HtmlElement): boolean {
  return code.has(node.tagName);
}

export function isEmbedded(node: HtmlElement): boolean {
  return embedded.has(node.tagName);
}

/** Parsed as text, though it may hold markup. */
export function isRawText(node: HtmlElement): boolean {
  return ['noscript', 'noframes', 'noembed', 'iframe'].includes(node.tagName);
}

/**
 * Whether a browser does not show the element, by its kind, an attribute or its own style. Style sheets are not read, so what they hide
 * counts as shown; so does what only screen readers are told to skip (`aria-hidden`).
 */
export function isHidden(node: HtmlElement): boolean {
  if (alternative.has(node.tagName)) return true;
  if (attributeOf(node, 'hidden') !== undefined || attributeOf(node, 'popover') !== undefined) {
    return true;
  }
  if (node.tagName === 'dialog' && attributeOf(node, 'open') === undefined) return true;
  return invisible.test(attributeOf(node, 'style') ?? '');
}

const invisible =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden|opacity\s*:\s*0+(?:\.0+)?\s*(?:$|[;!])|font-size\s*:\s*0+(?:\.0+)?[a-z%]*\s*(?:$|[;!])|mso-hide\s*:\s*all)/i;
