import { describe, expect, it } from '@jest/globals';
import { DocumentFormat } from '#shared/domain/document.ts';
import { hostileCases, pendingReasonOf } from '../../support/hostile/cases.ts';
import { measureHostile } from '../../support/hostile/measure.ts';
import { mainWith, packageOf } from '../../support/hostile/packages.ts';
import { hostileZip } from '../../support/hostile/zip.ts';
import { startTestServer } from '../../support/http-server.ts';
import { sourceFile } from '../../support/office-files.ts';
import { readDocument } from '../../support/read-document.ts';

const ready = hostileCases.filter((each) => pendingReasonOf(each) === undefined);
const pending = hostileCases.filter((each) => pendingReasonOf(each) !== undefined);

describe('a hostile file', () => {
  // The one place that asserts time and memory: CPU time of a process of its own, which other work on the machine hardly changes.
  it('of each kind is refused by its code, or read, within a second and 150 MB', async () => {
    const results = await measureHostile(ready);
    const faults = results.filter(({ outcome, cpuInMs, peakInMb }, index) => {
      const isExpected = ready[index]?.outcomes.some((each) => each === outcome) === true;
      return !isExpected || cpuInMs > 1_000 || peakInMb > 150;
    });

    expect(results.map(({ kind }) => kind)).toEqual(ready.map(({ kind }) => kind));
    expect(faults).toEqual([]);
  }, 180_000);

  for (const each of pending) {
    it.skip(`${each.kind} (skipped: ${pendingReasonOf(each)})`, () => undefined);
  }

  it('that points elsewhere makes nobody ask there', async () => {
    const requests: string[] = [];
    const server = await startTestServer((request, _, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    const url = `${server.endpoint}/asked`;
    try {
      for (const { name, content } of pointingElsewhere(url)) {
        const document = await readDocument(sourceFile(name, content), DocumentFormat.options);
        expect(document.units.map(({ text }) => text).join(' ')).toContain('Shown');
      }
      // The server does answer, so a request would have been seen.
      await fetch(url);
      expect(requests).toEqual(['/asked']);
    } finally {
      await server.close();
    }
  });
});

function pointingElsewhere(url: string) {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const types = [
    'image',
    'attachedTemplate',
    'hyperlink',
    'oleObject',
    'aFChunk',
    'frame',
    'header',
    'styles',
    'numbering',
    'footnotes',
  ];
  const links = types.flatMap((type, index) =>
    [url, 'file:///etc/hostname'].map(
      (target, second) =>
        `<Relationship Id="x${index}${second}" Type="${office}/${type}" Target="${target}" TargetMode="External"/>`,
    ),
  );
  const relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`;
  const docx = hostileZip([
    ...packageOf('docx', mainWith('docx', 'Shown')),
    { name: 'word/_rels/document.xml.rels', data: relationships },
  ]);
  const html = `<!doctype html><base href="${url}"><link rel=stylesheet href="${url}"><script src="${url}"></script><img src="${url}"><iframe src="${url}"></iframe><style>@import "${url}"</style><meta http-equiv=refresh content="0;url=${url}"><p style="background:url(${url})">Shown`;
  const markdown = `Shown ![x](${url}) <img src="${url}">\n\n[r]: ${url}\n`;
  const vtt = `WEBVTT\n\nSTYLE\n::cue { background: url(${url}) }\n\n00:01.000 --> 00:02.000\nShown <c.x>${url}</c>\n`;
  return [
    { name: 'a.docx', content: docx },
    { name: 'a.html', content: html },
    { name: 'a.md', content: markdown },
    { name: 'a.vtt', content: vtt },
  ];
}
