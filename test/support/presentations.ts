import type { Bullet, Presentation, Slide } from '#shared/domain/presentation.ts';
import { elementsOf, type OfficeParts } from './office-parts.ts';

/** A presentation of these slides. */
export function presentationOf(...slides: readonly Slide[]): Presentation {
  return { title: 'A review', language: 'en', slides: [...slides] };
}

export function bullet(text: string, level = 0): Bullet {
  return { level, runs: [{ text }] };
}

/** Parts of the slides in the order in which they are shown. */
export function slideParts(parts: OfficeParts): string[] {
  const targets = new Map(
    parts
      .root('ppt/_rels/presentation.xml.rels')
      .children.map(({ attributes }) => [attributes['Id'], `ppt/${attributes['Target']}`]),
  );
  return elementsOf(parts.root('ppt/presentation.xml'), 'sldId').map(
    ({ attributes }) => targets.get(attributes['r:id']) ?? '',
  );
}

/** Texts of the paragraphs of a part. */
export function paragraphsOf(parts: OfficeParts, name: string): string[] {
  return elementsOf(parts.root(name), 'p').map((paragraph) =>
    elementsOf(paragraph, 't')
      .map(({ text }) => text)
      .join(''),
  );
}

/** Texts of all slides, a list each. */
export function slideTexts(parts: OfficeParts): string[][] {
  return slideParts(parts).map((name) =>
    paragraphsOf(parts, name).filter((text) => text !== '' && text !== '‹#›'),
  );
}
