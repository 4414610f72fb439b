import { deflateRawSync } from 'node:zlib';
import type { HostileCase } from './hostile-case.ts';
import {
  mainNameOf,
  mainWith,
  type PackageFormat,
  packageFormats,
  packageOf,
  rootOf,
} from './packages.ts';
import { bombOf, type HostileEntry, hostileZip } from './zip.ts';

/** What can be wrong with the archive of an Office file, and with the XML in it, for each format. */
export function packageCases(): HostileCase[] {
  return packageFormats.flatMap((format) => [
    ...archiveCases(format),
    ...lyingCases(format),
    ...xmlCases(format),
  ]);
}

/** Seen in the directory of the archive, so the same for all formats, with a reader or without. */
function archiveCases(format: PackageFormat): HostileCase[] {
  const parts = packageOf(format);
  const withMore = (more: readonly HostileEntry[]) => hostileZip([...parts, ...more]);
  const build: Readonly<
    Record<string, readonly [make: () => Uint8Array, ...codes: HostileCase['outcomes']]>
  > = {
    'bomb of 400 MB': [() => withMore([{ name: 'a.xml', ...bombOf(400) }]), 'archive_unsafe'],
    'sizes of 400 MB together': [
      () => {
        const bomb = bombOf(100);
        return withMore(['a', 'b', 'c', 'd'].map((name) => ({ name, ...bomb })));
      },
      'archive_unsafe',
    ],
    'six thousand entries': [
      () =>
        withMore(
          Array.from({ length: 6_000 }, (_, index) => ({ name: `a${index}`, isStored: true })),
        ),
      'archive_unsafe',
    ],
    'entries over each other': [
      () => {
        const kernel = { name: 'kernel', ...bombOf(50) };
        const others = Array.from({ length: 200 }, (_, index) => ({
          ...kernel,
          name: `a${index}`,
          declaredSize: 1_000,
          sharesDataOf: parts.length,
        }));
        return withMore([kernel, ...others]);
      },
      'archive_unsafe',
    ],
    'a name twice': [
      () => withMore([{ name: mainNameOf(format).toUpperCase(), data: 'x' }]),
      'archive_unsafe',
    ],
    'a name that leaves the archive': [
      () => withMore([{ name: '../../etc/cron.d/x', data: 'x' }]),
      'archive_unsafe',
    ],
    'an absolute name': [() => withMore([{ name: 'C:\\x.dll', data: 'x' }]), 'archive_unsafe'],
    'encrypted entries': [
      () => hostileZip(parts.map((part) => ({ ...part, isEncrypted: true }))),
      'password_protected',
    ],
    'cut off': [() => hostileZip(parts).slice(0, -40), 'corrupt_file'],
    'a directory behind the end': [
      () => hostileZip(parts, { directoryStart: 0x7fffffff }),
      'corrupt_file',
    ],
    'a ZIP64 size beyond all numbers': [
      () => withMore([{ name: 'a.xml', data: 'x', zip64Size: 2n ** 63n }]),
      'archive_unsafe',
    ],
    'a ZIP64 count beyond all numbers': [
      () => hostileZip(parts, { zip64Count: 2n ** 40n }),
      'archive_unsafe',
    ],
  };
  return Object.entries(build).map(([kind, [make, ...outcomes]]) => ({
    kind: `${format}: ${kind}`,
    name: `a.${format}`,
    make,
    outcomes,
  }));
}

/** Seen when the part of text is unpacked. */
function lyingCases(format: PackageFormat): HostileCase[] {
  const lie = (
    kind: string,
    entry: Partial<HostileEntry>,
    ...outcomes: HostileCase['outcomes']
  ): HostileCase => ({
    kind: `${format}: ${kind}`,
    name: `a.${format}`,
    make: () =>
      hostileZip(
        packageOf(format).map((part) =>
          part.name === mainNameOf(format) ? { ...part, ...entry } : part,
        ),
      ),
    outcomes,
  });
  return [
    lie(
      'a part of 400 MB that says 1 KB',
      { ...bombOf(400, 0x20), declaredSize: 1_000 },
      'archive_unsafe',
    ),
    lie('a part that says it is longer', { declaredSize: 100_000 }, 'corrupt_file'),
    lie('a wrong checksum', { checksum: 1 }, 'corrupt_file'),
    lie(
      'a part that is no DEFLATE',
      { packed: new Uint8Array(1_000).fill(0xff), declaredSize: 5_000 },
      'corrupt_file',
    ),
    {
      ...lie('an archive in the archive', {}, 'read'),
      make: () => {
        const inner = hostileZip([{ name: 'a', ...bombOf(400) }]);
        return hostileZip([...packageOf(format), { name: 'inner.zip', data: inner }]);
      },
    },
  ];
}

function xmlCases(format: PackageFormat): HostileCase[] {
  const [start, end] = rootOf(format);
  const header = '<?xml version="1.0" encoding="UTF-8"?>';
  const withMain = (
    kind: string,
    makeMain: () => string | Uint8Array,
    ...outcomes: HostileCase['outcomes']
  ): HostileCase => ({
    kind: `${format}: ${kind}`,
    name: `a.${format}`,
    make: () => withMainPart(format, makeMain()),
    outcomes,
  });
  const doctype = (subset: string) => () =>
    `${header}<!DOCTYPE x [${subset}]>${mainWith(format, '&x;')}`;
  const laughs = Array.from(
    { length: 12 },
    (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`,
  );
  return [
    withMain(
      'elements 20,000 deep',
      () => start + '<x>'.repeat(20_000) + '</x>'.repeat(20_000) + end,
      'archive_unsafe',
    ),
    withMain(
      'a billion laughs',
      doctype(`<!ENTITY a0 "ha">${laughs.join('')}<!ENTITY x "&a12;">`),
      'xml_forbidden',
    ),
    withMain(
      'an external entity',
      doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
      'xml_forbidden',
    ),
    withMain(
      'an external subset',
      () => `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">${mainWith(format, 'x')}`,
      'xml_forbidden',
    ),
    withMain(
      'UTF-7',
      () => `<?xml version="1.0" encoding="UTF-7"?>${mainWith(format, '+ADw-x+AD4-')}`,
      'corrupt_file',
    ),
    withMain(
      'an encoding without end',
      () => `<?xml version="1.0" encoding="${'x'.repeat(150)}"?>${mainWith(format, 'x')}`,
      'corrupt_file',
    ),
    withMain(
      'a million attributes',
      () => `${start}<x ${attributes(1_000_000)}/>${end}`,
      'archive_unsafe',
    ),
    withMain(
      'an attribute of 30 MB',
      () => `${start}<x a="${'x'.repeat(30_000_000)}"/>${end}`,
      'archive_unsafe',
      'read',
      'empty_file',
    ),
    withMain(
      'a text of 30 million characters',
      () => mainWith(format, 'x'.repeat(30_000_000)),
      'archive_unsafe',
    ),
    withMain(
      'seven million elements',
      () => start + '<x/>'.repeat(7_000_000) + end,
      'archive_unsafe',
    ),
    withMain(
      'not well formed at its end',
      () => mainWith(format, 'x').slice(0, -9),
      'corrupt_file',
    ),
  ];
}

/** Packed where it is made, so that no big text outlives the making of its file. */
function withMainPart(format: PackageFormat, main: string | Uint8Array): Uint8Array {
  const data = Buffer.from(main);
  return hostileZip(
    packageOf(format).map((part) =>
      part.name === mainNameOf(format)
        ? { ...part, data, packed: deflateRawSync(data, { level: 1 }), declaredSize: data.length }
        : part,
    ),
  );
}

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `a${index}=""`).join(' ');
}
