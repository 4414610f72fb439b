import { describe, expect, it } from '@jest/globals';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import { allInFirstGroup, parseTagged, withoutTags } from '#shared/domain/inline-tags.ts';

describe('Inline tags', () => {
  it('are nested pieces, and stray signs are characters', () => {
    expect(parseTagged('a < b<g1>c<x2/></g1>&lt;x3/&gt; & d', 's')).toEqual([
      { type: 'text', text: 'a < b' },
      {
        type: 'group',
        tag: 1,
        content: [
          { type: 'text', text: 'c' },
          { type: 'mark', tag: 2 },
        ],
      },
      { type: 'text', text: '<x3/> & d' },
    ]);
  });

  it.each(['<g1>', '</g1>', '<g1><g2></g1></g2>', '</x1>', '<x1>', '<g1/>'])(
    'are broken in %s',
    (text) => {
      expect(() => parseTagged(text, 's')).toThrow(
        expect.objectContaining({ code: 'tags_broken' }),
      );
    },
  );

  it('leave the text that a reader sees', () => {
    expect(withoutTags('A <g1>&amp;lt; B</g1><x2/>')).toBe('A &lt; B');
  });

  it('are whole around a text that goes where the first text was', () => {
    expect(allInFirstGroup({ text: '<x1/><g2>a</g2> b<x3/>' }, 'c < d')).toBe(
      '<x1/><g2>c &lt; d</g2><x3/>',
    );
  });
});

describe('Opening a file for editing', () => {
  it('refuses a format that cannot be edited', async () => {
    await expect(openForEdit({ bytes: new Uint8Array() }, 'pdf')).rejects.toMatchObject({
      code: 'unsupported_format',
    });
  });
});
