import { walkXml } from '../../xml-walk.ts';
import { addToSink, closeInSink, createTextSink, openInSink } from './text-sink.ts';

/** Title of the file in its metadata. */
export function readOdfTitle(meta: Uint8Array | undefined): string | undefined {
  let title = '';
  let isInTitle = false;
  if (meta === undefined) return undefined;
  walkXml(meta, {
    open: (name) => {
      isInTitle = name === 'dc:title';
    },
    text: (text) => {
      if (isInTitle) title += text;
    },
    close: () => {
      isInTitle = false;
    },
  });
  return title.trim() === '' ? undefined : title.trim();
}

/** Wordings of headers and footers in the styles of pages, each once. */
export function readPageTexts(styles: Uint8Array | undefined) {
  const found = new Map<string, { kind: 'page-header' | 'page-footer'; text: string }>();
  if (styles === undefined) return [];
  let sink = createTextSink();
  let kind: 'page-header' | 'page-footer' | undefined;
  walkXml(styles, {
    open: (name, attributes) => {
      const match = /^style:(header|footer)(?:-left|-first)?$/.exec(name);
      if (match !== null && attributes['style:display'] !== 'false') {
        kind = match[1] === 'header' ? 'page-header' : 'page-footer';
        sink = createTextSink();
      }
      openInSink(sink, name, attributes);
    },
    text: (text) => addToSink(sink, text),
    close: (name) => {
      closeInSink(sink, name);
      if (kind === undefined || !/^style:(?:header|footer)(?:-left|-first)?$/.test(name)) return;
      const text = sink.paragraphs.join(' ').trim();
      // Every file has `Page 1` and its like from the start.
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      if (words.length > (sink.hasPrintField ? 1 : 0)) found.set(`${kind} ${text}`, { kind, text });
      kind = undefined;
    },
  });
  return [...found.values()];
}
