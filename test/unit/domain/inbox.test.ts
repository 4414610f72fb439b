import { describe, expect, it } from '@jest/globals';
import {
  inboxMarkerKey,
  inboxPlaceOf,
  inboxSettingsKeys,
  outboxPrefix,
} from '#shared/domain/inbox.ts';

function placeOf(key: string) {
  const place = inboxPlaceOf(key);
  if (place === undefined) throw new Error(`Expected an input at ${key}.`);
  return place;
}

describe('a key of the inbox', () => {
  it('names the workflow, the folders and the file', () => {
    expect(placeOf('inbox/summarize/2026/Q3 Übersicht/報告.docx')).toEqual({
      workflow: 'summarize',
      folders: ['2026', 'Q3 Übersicht'],
      name: '報告.docx',
    });
    expect(placeOf('inbox/summarize/a.md').folders).toEqual([]);
    expect(placeOf('inbox/a.md').workflow).toBeUndefined();
  });

  it.each([
    'inbox/',
    'inbox/summarize/',
    'inbox/summarize/2026/',
    'inbox/summarize//a.md',
    'inbox/summarize/quire.json',
    'inbox/summarize/2026/quire.json',
    'inbox/summarize/.DS_Store',
    'inbox/summarize/.done/a.md.json',
    'inbox/summarize/2026/.failed/a.md.json',
    'inbox/.failed/a.md.json',
    'inbox/summarize/.hidden/deep/a.md',
    'inbox/summarize/~$report.docx',
    'outbox/summarize/a.md/summary.docx',
    'uploads/a.md',
    'my-inbox/summarize/a.md',
  ])('is no input: %s', (key) => {
    expect(inboxPlaceOf(key)).toBeUndefined();
  });

  it('has its settings in the nearest folder first', () => {
    expect(inboxSettingsKeys(placeOf('inbox/summarize/2026/q3/a.md'))).toEqual([
      'inbox/summarize/2026/q3/quire.json',
      'inbox/summarize/2026/quire.json',
      'inbox/summarize/quire.json',
    ]);
    expect(inboxSettingsKeys(placeOf('inbox/a.md'))).toEqual([]);
  });

  it('has its markers beside it and its artifacts under the same path', () => {
    const place = placeOf('inbox/summarize/2026/a b.md');
    expect(inboxMarkerKey(place, 'done')).toBe('inbox/summarize/2026/.done/a b.md.json');
    expect(inboxMarkerKey(placeOf('inbox/a.md'), 'failed')).toBe('inbox/.failed/a.md.json');
    expect(outboxPrefix(place)).toBe('outbox/summarize/2026/a b.md/');
  });
});
