import type { SourceSegment } from '../text/text-segments.ts';
import { escapeAttribute } from './escape.ts';
import type { Element } from './inline.ts';

/** Texts of attributes that a reader sees or hears. A value is written in double quotes when it changes. */
export function attributeSegments(
  element: Element,
  path: string,
  { source }: { readonly source: string },
): SourceSegment[] {
  const names = element.tagName === 'meta' ? describing(element) : shown(element);
  return names.flatMap((name) => {
    const value = element.attrs.find((each) => each.name === name)?.value ?? '';
    const location = element.sourceCodeLocation?.attrs?.[name];
    if (value.trim() === '' || location === undefined) return [];
    const { startOffset, endOffset } = location;
    const assignment = /^[^=]*=\s*/.exec(source.slice(startOffset, endOffset))?.[0];
    if (assignment === undefined) return [];
    const start = startOffset + assignment.length;
    return [
      {
        id: `${name}-${start}`,
        kind: element.tagName === 'meta' ? 'property' : 'alt-text',
        place: { kind: 'html', element: path },
        start,
        end: endOffset,
        pieces: [{ type: 'text', text: value }],
        write: (text) => `"${escapeAttribute(text)}"`,
      } satisfies SourceSegment,
    ];
  });
}

const spoken: readonly string[] = ['alt', 'title', 'placeholder', 'aria-label'];

function shown({ attrs }: Element): string[] {
  const isKept = attrs.some(({ name, value }) => name === 'translate' && value === 'no');
  return isKept ? [] : spoken.filter((name) => attrs.some((each) => each.name === name));
}

function describing({ attrs }: Element): string[] {
  const about = attrs.find(({ name }) => name === 'name' || name === 'property')?.value ?? '';
  return /^(?:og:|twitter:)?(?:description|title)$|^keywords$/i.test(about) ? ['content'] : [];
}
