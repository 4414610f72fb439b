import type { XmlElement } from '../../xml.ts';
import type { Comment } from './asides.ts';

export interface Comments {
  /** The comment that a reference stands for, with the replies to it; nothing if it was given before. */
  take(reference: XmlElement): readonly Comment[];
  /** Those that nothing refers to, in the order of the file. */
  takeRest(): readonly Comment[];
}

/**
 * Replies are comments of their own; which one they answer is said in another part (`w15:commentsEx`, MS-DOCX 2.5.4), by the ids of the
 * last paragraphs.
 */
export function readComments(parts: {
  readonly comments: XmlElement | undefined;
  readonly extended: XmlElement | undefined;
}): Comments {
  const elements = (parts.comments?.children ?? []).filter((child) => child.name === 'w:comment');
  const left = new Map(elements.map((comment) => [comment.attributes['w:id'] ?? '', comment]));
  const replies = repliesOf(elements, parts.extended);
  const takeThread = (id: string): Comment[] => {
    const thread: Comment[] = [];
    const ids = [id];
    for (const next of ids) {
      const comment = left.get(next);
      if (comment === undefined) continue;
      left.delete(next);
      thread.push({ kind: 'comment', author: comment.attributes['w:author'], content: comment });
      ids.push(...(replies.get(next) ?? []));
    }
    return thread;
  };
  return {
    take: ({ attributes }) => takeThread(attributes['w:id'] ?? ''),
    takeRest: () => [...left.keys()].flatMap(takeThread),
  };
}

/** Ids of the replies by the id of what they answer. */
function repliesOf(
  comments: readonly XmlElement[],
  extended: XmlElement | undefined,
): ReadonlyMap<string, readonly string[]> {
  const idByParagraph = commentIdsByParagraph(comments);
  const idOf = (paragraphId: string | undefined) => idByParagraph.get(paragraphId ?? '');
  const replies = new Map<string, string[]>();
  for (const { attributes } of extended?.children ?? []) {
    const id = idOf(attributes['w15:paraId']);
    const parentId = idOf(attributes['w15:paraIdParent']);
    if (id === undefined || parentId === undefined) continue;
    const siblings = replies.get(parentId);
    if (siblings === undefined) replies.set(parentId, [id]);
    else siblings.push(id);
  }
  return replies;
}

function commentIdsByParagraph(comments: readonly XmlElement[]): ReadonlyMap<string, string> {
  return new Map(
    comments.flatMap(({ attributes, children }) =>
      children.flatMap((child) => {
        const paragraphId = child.attributes['w14:paraId'];
        return paragraphId === undefined ? [] : [[paragraphId, attributes['w:id'] ?? ''] as const];
      }),
    ),
  );
}
