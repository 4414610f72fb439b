import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell } from '../../support/docx-content.ts';
import { type LinkedPart, linkedParts } from '../../support/docx-parts.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const comment = (id: number, author: string, content: string) =>
  `<w:comment w:id="${id}" w:author="${author}">${content}</w:comment>`;
const said = (text: string, paragraphId: string) =>
  `<w:p w14:paraId="${paragraphId}">${run(text)}</w:p>`;
const reference = (id: number) => `<w:r><w:commentReference w:id="${id}"/></w:r>`;
const comments = (content: string): LinkedPart => ({
  type: 'comments',
  root: 'w:comments',
  content,
});
const threads = (content: string): LinkedPart => ({
  type: 'commentsExtended',
  root: 'w15:commentsEx',
  content,
});
const reply = (own: string, parent: string) =>
  `<w15:commentEx w15:paraId="${own}" w15:paraIdParent="${parent}"/>`;
const read = (body: string, parts: readonly LinkedPart[], more = {}) =>
  readDocx(docxFile({ body, ...linkedParts(parts), ...more }));

describe('readDocx: comments', () => {
  it('gives each paragraph of a comment behind what it is anchored in', async () => {
    const body = `<w:p>${run('a')}${reference(4)}${run('b')}</w:p>${paragraph('c')}`;
    const part = comments(
      comment(3, 'Ada', paragraph('elsewhere')) +
        comment(4, 'Bo', paragraph('first') + paragraph('second')),
    );

    const { units } = await read(body, [part]);

    const place = { kind: 'docx', part: 'comment', headingPath: [] };
    expect(units.map(({ kind, text, author, locator }) => [kind, text, author, locator])).toEqual([
      ['paragraph', 'ab', undefined, expect.objectContaining({ part: 'body' })],
      ['comment', 'first', 'Bo', { ...place, paragraph: 2 }],
      ['comment', 'second', 'Bo', { ...place, paragraph: 3 }],
      ['paragraph', 'c', undefined, expect.objectContaining({ part: 'body' })],
      ['comment', 'elsewhere', 'Ada', { ...place, paragraph: 1 }],
    ]);
  });

  it('puts replies behind what they answer, in circles too', async () => {
    const body = `<w:p>${run('a')}${reference(1)}${reference(2)}</w:p>`;
    const part = comments(
      comment(1, 'A', said('question', 'P1')) +
        comment(2, 'B', said('other', 'P2')) +
        comment(3, 'C', said('answer', 'P3')),
    );
    const circle = threads(reply('P3', 'P1') + reply('P1', 'P3'));

    const { units } = await read(body, [part, circle]);

    expect(units.map((unit) => unit.text)).toEqual(['a', 'question', 'answer', 'other']);
  });

  it('puts comments on a row behind that row', async () => {
    const row = (text: string, more = '') =>
      `<w:tr>${cell(`<w:p>${run(text)}${more}</w:p>`)}</w:tr>`;
    const body = `<w:tbl>${row('a', reference(1))}${row('b')}</w:tbl>`;

    const { units } = await read(body, [comments(comment(1, 'A', paragraph('on a')))]);

    expect(units.map((unit) => unit.text)).toEqual(['a', 'on a', 'b']);
  });

  it('reads comments on notes, hidden and deleted text', async () => {
    const footnotes = `<w:footnote w:id="1"><w:p>${run('note')}${reference(1)}</w:p></w:footnote>`;
    const hidden = `<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t><w:commentReference w:id="2"/></w:r>`;
    const deleted = `<w:del><w:r><w:delText>y</w:delText></w:r>${reference(3)}</w:del>`;
    const body = `<w:p>${run('a')}<w:r><w:footnoteReference w:id="1"/></w:r>${hidden}${deleted}</w:p>`;
    const part = comments([1, 2, 3].map((id) => comment(id, 'A', paragraph(`on ${id}`))).join(''));

    const { units } = await read(body, [part], { footnotes });

    expect(units.map((unit) => unit.text)).toEqual(['a', 'note', 'on 2', 'on 3', 'on 1']);
  });

  it('ends where comments and notes refer to themselves', async () => {
    const own = comments(comment(1, 'A', `<w:p>${run('again')}${reference(1)}</w:p>`));

    const { units } = await read(`<w:p>${run('a')}${reference(1)}</w:p>`, [own]);

    expect(units.map((unit) => unit.text)).toEqual(['a', 'again']);
  });
});
