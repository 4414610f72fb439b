import { unzipSync } from 'fflate';

/**
 * Ids of the quotes that a plain search does not find in a DOCX: its parts as text, tags dropped, entities resolved, white space
 * collapsed. It knows nothing of our readers, so that the two cannot share a mistake.
 */
export function quotesNotIn(
  docx: Uint8Array,
  citations: readonly { readonly id: string; readonly quote: string }[],
): string[] {
  const parts = Object.entries(unzipSync(docx)).filter(([name]) => /^word\/\w+\.xml$/.test(name));
  const text = parts.map(([, bytes]) => plainText(new TextDecoder().decode(bytes))).join(' ');
  return citations.filter(({ quote }) => !text.includes(collapse(quote))).map(({ id }) => id);
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
};

/** The text of a part of an office file: tags dropped, entities resolved, white space collapsed. */
export function plainText(xml: string): string {
  const withBreaks = xml.replace(/<\/(?:w:p|si|c|row)>|<w:tab\/>|<w:br\/>/g, ' ');
  const text = withBreaks.replace(/<[^>]+>/g, '');
  return collapse(
    text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? ''),
  );
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
