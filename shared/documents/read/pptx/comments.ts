import { childOf, type XmlElement } from '../../xml.ts';
import { addToDeck, type Page } from './deck.ts';
import type { Part, Parts } from './parts.ts';
import { paragraphsIn, plainTextIn } from './text.ts';

/** Names by author id: of classic comments (a number) and of threaded ones (a GUID), which live in parts of their own. */
export function readAuthors(presentation: Part, parts: Parts): ReadonlyMap<string, string> {
  const authors = new Map<string, string>();
  for (const type of ['commentAuthors', 'authors']) {
    for (const name of presentation.targetsOf(type)) {
      for (const { attributes } of parts.lookUp(name)?.root.children ?? []) {
        authors.set(attributes['id'] ?? '', attributes['name'] ?? '');
      }
    }
  }
  return authors;
}

/** Adds the comments of a slide, each answer behind what it answers (ECMA-376 19.4 and MS-PPTX 2.1.32). */
export function readComments(page: Page): void {
  for (const name of page.source.targetsOf('comments')) {
    const root = page.deck.parts.take(name)?.root;
    if (root === undefined) continue;
    const positions = positionsIn(root);
    readThread(root, (comment, body) => addComment(comment, body, { page, positions }));
  }
}

interface Reading {
  readonly page: Page;
  readonly positions: ReadonlyMap<XmlElement, number>;
}

function addComment(
  { attributes }: XmlElement,
  body: XmlElement,
  { page, positions }: Reading,
): void {
  const author = page.deck.authors.get(attributes['authorId'] ?? '') ?? '';
  const isClassic = body.name === 'p:text';
  const first = isClassic ? body : (paragraphsIn(body)[0] ?? body);
  const spot = {
    part: 'comments' as const,
    shape: undefined,
    paragraph: positions.get(first) ?? 1,
    isHidden: false,
  };
  const text = isClassic ? body.text : plainTextIn(body);
  addToDeck(page, spot, { kind: 'comment', text, ...(author === '' ? {} : { author }) });
}

/** Places of the texts of comments: a classic one is a single `p:text`. */
function positionsIn(root: XmlElement): ReadonlyMap<XmlElement, number> {
  const classic = root.children.flatMap((comment) => childOf(comment, 'p:text') ?? []);
  const texts = classic.length > 0 ? classic : paragraphsIn(root);
  return new Map(texts.map((text, index) => [text, index + 1]));
}

/** In the file answers may stand before the text that they answer. */
function readThread(
  parent: XmlElement,
  visit: (comment: XmlElement, body: XmlElement) => void,
): void {
  for (const comment of parent.children) {
    if (!commentNames.has(comment.name)) continue;
    const body = childOf(comment, 'p:text') ?? childOf(comment, 'p188:txBody');
    if (body !== undefined) visit(comment, body);
    const answers = childOf(comment, 'p188:replyLst');
    if (answers !== undefined) readThread(answers, visit);
  }
}

const commentNames = new Set(['p:cm', 'p188:cm', 'p188:reply']);
