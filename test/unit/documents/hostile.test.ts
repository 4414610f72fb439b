import { describe, expect, it } from '@jest/globals';
import { DocumentFormat } from '#shared/domain/document.ts';
import { hostileCases } from '../../support/hostile/cases.ts';
import { measureHostile } from '../../support/hostile/measure.ts';
import { mainNameOf, mainWith, packageFormats, packageOf } from '../../support/hostile/packages.ts';
import { type HostileEntry, hostileZip } from '../../support/hostile/zip.ts';
import { startTestServer } from '../../support/http-server.ts';
import { sourceFile } from '../../support/office-files.ts';
import { readDocument } from '../../support/read-document.ts';

describe('a hostile file', () => {
  // The one place that asserts time and memory: CPU time of a process of its own, which other work on the machine hardly changes.
  it('of each kind is refused by its code, or read, within a second and 150 MB', async () => {
    const results = await measureHostile(hostileCases);
    const faults = results.filter(({ outcome, cpuInMs, peakInMb }, index) => {
      const isExpected = hostileCases[index]?.outcomes.some((each) => each === outcome) === true;
      return !isExpected || cpuInMs > 1_000 || peakInMb > 150;
    });

    expect(results.map(({ kind }) => kind)).toEqual(hostileCases.map(({ kind }) => kind));
    expect(faults).toEqual([]);
  }, 300_000);

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

const emptyRelationships =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';

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
  const withLinks = (entries: readonly HostileEntry[], main: string) => {
    const name = main.replace(/([^/]+)$/, '_rels/$1.rels');
    const own = entries.find((entry) => entry.name === name)?.data ?? emptyRelationships;
    const data = String(own).replace('</Relationships>', `${links.join('')}</Relationships>`);
    return [...entries.filter((entry) => entry.name !== name), { name, data }];
  };
  const packages = packageFormats.map((format) => ({
    name: `a.${format}`,
    content: hostileZip(
      withLinks(packageOf(format, mainWith(format, 'Shown')), mainNameOf(format)),
    ),
  }));
  const html = `<!doctype html><base href="${url}"><link rel=stylesheet href="${url}"><script src="${url}"></script><img src="${url}"><iframe src="${url}"></iframe><style>@import "${url}"</style><meta http-equiv=refresh content="0;url=${url}"><p style="background:url(${url})">Shown`;
  const markdown = `Shown ![x](${url}) <img src="${url}">\n\n[r]: ${url}\n`;
  const vtt = `WEBVTT\n\nSTYLE\n::cue { background: url(${url}) }\n\n00:01.000 --> 00:02.000\nShown <c.x>${url}</c>\n`;
  return [
    ...packages,
    { name: 'a.html', content: html },
    { name: 'a.md', content: markdown },
    { name: 'a.vtt', content: vtt },
    {
      name: 'a.eml',
      content: `From: a@b.c\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${html}`,
    },
  ];
}
