import type { DocumentFormat } from '#shared/domain/document.ts';
import type { HostileCase } from './hostile-case.ts';

/** Text that is quick to write and slow to read for a parser that is not prepared. */
export function textCases(): HostileCase[] {
  return [
    ...htmlCases(),
    ...markdownCases(),
    ...transcriptCases(),
    ...mailCases(),
    ...otherCases(),
  ];
}

function textCase(
  [format, extension, kind]: readonly [format: DocumentFormat, extension: string, kind: string],
  make: () => string,
  ...outcomes: HostileCase['outcomes']
): HostileCase {
  return {
    kind: `${format}: ${kind}`,
    name: `a.${extension}`,
    make: () => new Uint8Array(Buffer.from(make())),
    outcomes,
  };
}

function htmlCases(): HostileCase[] {
  const page = (kind: string, make: () => string, ...outcomes: HostileCase['outcomes']) =>
    textCase(['html', 'html', kind], () => `<!doctype html><body>${make()}`, ...outcomes);
  const misnested = () =>
    Array.from({ length: 3_000 }, (_, index) => `<p><b id=${index}>x`).join('');
  return [
    page('20,000 elements deep', () => `${'<div>'.repeat(20_000)}deep`, 'read'),
    page('a million elements deep', () => `${'<div>'.repeat(1_000_000)}deep`, 'file_too_complex'),
    page(
      '20,000 tables deep',
      () => `${'<table><td>'.repeat(5_000)}deep`,
      'read',
      'file_too_complex',
    ),
    page(
      'a million elements beside each other',
      () => '<i>x</i>'.repeat(1_000_000),
      'file_too_complex',
    ),
    page(
      'formatting that is opened again in every paragraph',
      misnested,
      'read',
      'file_too_complex',
    ),
    page(
      'a million attributes',
      () => `<p ${Array.from({ length: 1_000_000 }, (_, index) => `a${index}`).join(' ')}>x`,
      'file_too_complex',
    ),
    page(
      'spans that stand for billions of cells',
      () =>
        `<table><tr>${'<td colspan=1000 rowspan=65534>x'.repeat(1_000)}</tr>${'<tr><td>y'.repeat(20_000)}`,
      'file_too_complex',
    ),
    page(
      'a million list markers',
      () => `<ol start=999999999>${'<li>x'.repeat(1_000_000)}`,
      'file_too_complex',
    ),
    page('30 million characters', () => 'x'.repeat(30_000_000), 'file_too_complex'),
    page(
      'tags without an end',
      () => '<a <a <a '.repeat(300_000),
      'file_too_complex',
      'read',
      'empty_file',
    ),
  ];
}

function markdownCases(): HostileCase[] {
  const bomb = (kind: string, make: () => string, ...outcomes: HostileCase['outcomes']) =>
    textCase(['markdown', 'md', kind], make, ...outcomes);
  return [
    bomb('emphasis without an end', () => '*a_ '.repeat(60_000), 'read'),
    bomb('stars', () => '*'.repeat(200_000), 'read', 'empty_file'),
    bomb('alternating emphasis', () => '**a *b '.repeat(30_000), 'read'),
    bomb('brackets', () => '['.repeat(50_000), 'read'),
    bomb('links without an end', () => '[a]('.repeat(50_000), 'read'),
    bomb('images in images', () => '![[]()'.repeat(20_000), 'read'),
    bomb('quotes 10,000 deep', () => `${'>'.repeat(10_000)}x`, 'file_too_complex'),
    bomb(
      'lists 10,000 deep',
      () => Array.from({ length: 1_000 }, (_, index) => `${' '.repeat(index * 2)}- x`).join('\n'),
      'file_too_complex',
      'read',
    ),
    bomb(
      'code marks',
      () => Array.from({ length: 2_000 }, (_, index) => `e${'`'.repeat(index % 500)}`).join(''),
      'read',
    ),
    bomb('entities', () => '&#0;&amp'.repeat(50_000), 'read'),
    bomb(
      'notes in notes',
      () => `${'^['.repeat(2_000)}x${']'.repeat(2_000)}`,
      'read',
      'file_too_complex',
      'corrupt_file',
    ),
    bomb('addresses', () => 'a@b.c://www.'.repeat(10_000), 'read'),
    bomb('five million characters', () => 'word '.repeat(1_000_000), 'file_too_complex'),
  ];
}

function transcriptCases(): HostileCase[] {
  return [
    textCase(
      ['vtt', 'vtt', 'a million cues'],
      () => `WEBVTT\n\n${'00:01.000 --> 00:02.000\nx\n\n'.repeat(600_000)}`,
      'file_too_complex',
    ),
    textCase(
      ['vtt', 'vtt', 'tags without an end'],
      () => `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<v '.repeat(300_000)}`,
      'read',
    ),
    textCase(
      ['srt', 'srt', 'a million cues'],
      () => '1\n00:00:01,000 --> 00:00:02,000\nx\n\n'.repeat(500_000),
      'file_too_complex',
    ),
    textCase(
      ['srt', 'srt', 'overrides without an end'],
      () => `1\n00:00:01,000 --> 00:00:02,000\n${'{\\'.repeat(300_000)}`,
      'read',
    ),
    textCase(
      ['transcript', 'json', 'lists 100,000 deep'],
      () => '['.repeat(100_000) + ']'.repeat(100_000),
      'unsupported_format',
      'corrupt_file',
    ),
    textCase(
      ['transcript', 'json', 'objects 100,000 deep'],
      () => `${'{"results":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      'unsupported_format',
      'corrupt_file',
    ),
    textCase(
      ['transcript', 'json', 'a list of 30 MB'],
      () => `[${'{"text":"x"},'.repeat(2_300_000)}{}]`,
      'file_too_complex',
    ),
  ];
}

function mailCases(): HostileCase[] {
  const head = 'From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
  const nested = () => {
    const open = Array.from(
      { length: 100 },
      (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\r\n\r\n--b${index}\r\n`,
    );
    const close = Array.from({ length: 100 }, (_, index) => `--b${99 - index}--\r\n`);
    return `${head}${open.join('')}Content-Type: text/plain\r\n\r\ndeep\r\n${close.join('')}`;
  };
  const parts = () =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'.repeat(5_000)}--b--\r\n`;
  return [
    textCase(
      ['eml', 'eml', 'parts 100 deep'],
      nested,
      'read',
      'file_too_complex',
      'corrupt_file',
      'empty_file',
    ),
    textCase(['eml', 'eml', '5,000 parts'], parts, 'read', 'file_too_complex'),
    textCase(
      ['eml', 'eml', 'a header of 10 MB'],
      () => `${head}X-A: ${'x '.repeat(5_000_000)}\r\n\r\nx`,
      'read',
      'file_too_complex',
      'corrupt_file',
    ),
  ];
}

function otherCases(): HostileCase[] {
  return [
    textCase(
      ['text', 'txt', '30 million characters'],
      () => 'x'.repeat(30_000_000),
      'file_too_complex',
    ),
    textCase(
      ['text', 'txt', 'a paragraph on every line'],
      () => 'x\n\n'.repeat(2_000_000),
      'file_too_complex',
    ),
    textCase(
      ['csv', 'csv', 'a field of 20 MB'],
      () => `a,b\n1,"${'x'.repeat(20_000_000)}"\n`,
      'read',
      'file_too_complex',
      'file_too_large',
    ),
    textCase(
      ['csv', 'csv', 'a million columns'],
      () => `${','.repeat(1_000_000)}\n`,
      'read',
      'file_too_complex',
      'empty_file',
      'file_too_large',
    ),
    textCase(
      ['rtf', 'rtf', 'groups 200,000 deep'],
      () => `{\\rtf1 ${'{'.repeat(200_000)}x${'}'.repeat(200_001)}`,
      'read',
      'file_too_complex',
      'corrupt_file',
    ),
    textCase(
      ['rtf', 'rtf', 'binary data without an end'],
      () => `{\\rtf1 {\\pict\\bin2147483647 x}}`,
      'read',
      'corrupt_file',
      'empty_file',
    ),
  ];
}
