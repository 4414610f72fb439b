import { interpretRtf } from './interpreter.ts';
import type { Story } from './story.ts';

/** The HTML from which an e-mail program made RTF (MS-OXRTFEX 2.1.3.1); `undefined` where it was not made from HTML. */
export function encapsulatedHtml(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  if (!/\\fromhtml1(?!\d)/.test(head)) return undefined;
  const html: string[] = [];
  const body = collector((text) => html.push(escaped(text)));
  const none = collector(() => undefined);
  interpretRtf(bytes, {
    body,
    tags: collector((text) => html.push(text)),
    storyOf: () => none,
    addPicture: () => undefined,
    addObject: () => undefined,
  });
  return html.join('');
}

function collector(add: (text: string) => void): Story {
  return {
    part: 'body',
    add,
    endParagraph: () => add('\n'),
    endCell: () => undefined,
    endRow: () => undefined,
    setMarker: () => undefined,
    setAuthor: () => undefined,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
