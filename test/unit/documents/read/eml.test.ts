import { describe, expect, it } from '@jest/globals';
import { readDocuments } from '#shared/documents/read-document.ts';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';

function read(lines: readonly string[]): Promise<readonly Document[]> {
  return readDocuments(sourceFile('mail.eml', lines.join('\r\n')), DocumentFormat.options);
}

const header = [
  'Received: from somewhere',
  'From: =?utf-8?q?J=C3=BCrgen_Holt?= <holt@example.org>',
  'To: Ann <ann@example.org>, bo@example.org',
  'Date: Tue, 3 Mar 2026 10:15:00 +0100',
  'Subject: =?utf-8?b?QW5nZWJvdCDigJMgMg==?=',
  'MIME-Version: 1.0',
];
const mixed = [...header, 'Content-Type: multipart/mixed; boundary=b', ''];
const part = (headers: readonly string[], ...content: readonly string[]) => [
  '--b',
  ...headers,
  '',
  ...content,
];

describe('an e-mail', () => {
  it('has the fields of its header with their places, then the body with quotes and items', async () => {
    const [mail] = await read([
      ...header,
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe to all,',
      'and a soft=',
      'ly broken line.',
      '',
      '- one',
      '- two',
      '',
      '> What was',
      '> said before',
      '>> and before that',
    ]);

    expect(mail?.title).toBe('Angebot – 2');
    expect(mail?.units.map(({ kind, text }) => [kind, text])).toEqual([
      ['message-field', 'From: Jürgen Holt <holt@example.org>'],
      ['message-field', 'To: Ann <ann@example.org>, bo@example.org'],
      ['message-field', 'Date: Tue, 3 Mar 2026 10:15:00 +0100'],
      ['message-field', 'Subject: Angebot – 2'],
      ['paragraph', 'Grüße to all, and a softly broken line.'],
      ['list-item', 'one'],
      ['list-item', 'two'],
      ['quote', 'What was said before'],
      ['quote', 'and before that'],
    ]);
    const [from] = mail?.units ?? [];
    expect(from?.locator).toMatchObject({ kind: 'message', part: 'header', line: 2 });
    const item = mail?.units.find((unit) => unit.text === 'two');
    expect(item?.locator).toMatchObject({ kind: 'message', part: 'body', line: 5 });
  });

  it('is read in one of its two forms, and says where the other differs', async () => {
    const alternatives = (text: string) => [
      ...header,
      'Content-Type: multipart/alternative; boundary=b',
      '',
      ...part(['Content-Type: text/plain'], text),
      ...part(
        ['Content-Type: text/html; charset=utf-8'],
        '<meta charset=iso-8859-1><p>The price is ten €.</p><blockquote>Before</blockquote>',
      ),
      '--b--',
    ];

    const [same] = await read(alternatives('The price is ten. Before'));
    const [other] = await read(alternatives('Something quite different, about eleven'));

    expect(same?.units.slice(4).map((unit) => unit.text)).toEqual([
      'The price is ten €.',
      'Before',
    ]);
    expect(same?.warnings).toEqual([]);
    expect(other?.warnings.map(({ code }) => code)).toEqual(['unsupported-part']);
  });

  it('brings its attachments as documents, messages among them, and names what it leaves out', async () => {
    const documents = await read([
      ...mixed,
      ...part(['Content-Type: text/plain'], 'See the attached files.'),
      ...part(
        [
          'Content-Type: text/plain; name=notes.txt',
          'Content-Disposition: attachment',
          'Content-Transfer-Encoding: base64',
        ],
        'Tm90ZXMg*!*b24gdGhlIHNpZGUu',
      ),
      ...part(
        ['Content-Type: message/rfc822'],
        'Subject: Inner',
        'MIME-Version: 1.0',
        '',
        'Text of the inner mail.',
      ),
      ...part(['Content-Type: text/calendar'], 'BEGIN:VCALENDAR', 'END:VCALENDAR'),
      ...part(['Content-Type: application/ms-tnef; name=winmail.dat'], 'x'),
      ...part(['Content-Type: image/png', 'Content-Disposition: inline'], 'x'),
      ...part(['Content-Type: application/pkcs7-signature; name=smime.p7s'], 'x'),
      '--b--',
    ]);

    expect(documents.map(({ name }) => name)).toEqual(['mail.eml', 'notes.txt', 'message-2.eml']);
    expect(documents[2]?.units.at(-1)?.text).toBe('Text of the inner mail.');
    expect(documents[0]?.warnings.map(({ code }) => code).sort()).toEqual([
      'attachment-not-read',
      'attachment-not-read',
      'image',
      'unsupported-part',
    ]);
  });

  it.each([
    ['PGP', ['Content-Type: application/pgp-encrypted'], 'Version: 1'],
    [
      'S/MIME',
      [
        'Content-Type: application/pkcs7-mime; smime-type=enveloped-data',
        'Content-Transfer-Encoding: base64',
      ],
      'MIAGCSqGSIb3DQEHA6CAMIACAQA=',
    ],
  ])('that is encrypted with %s is refused as protected', async (_, headers, content) => {
    await expect(read([...mixed, ...part(headers, content), '--b--'])).rejects.toMatchObject({
      code: 'password_protected',
    });
  });

  it('of too many or too deep parts is refused', async () => {
    const many = Array.from({ length: 1_200 }, () =>
      part(['Content-Type: application/x-other'], 'x'),
    ).flat();
    const deep = Array.from({ length: 60 }, (_, depth) => [
      `Content-Type: multipart/mixed; boundary=b${depth}`,
      '',
      `--b${depth}`,
    ]).flat();

    await expect(read([...mixed, ...many])).rejects.toMatchObject({ code: 'file_too_complex' });
    await expect(read([...header, ...deep])).rejects.toMatchObject({ code: 'file_too_complex' });
  });
});
