import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { simpleDocx } from '../bad-files.ts';
import type { HostileCase } from './hostile-case.ts';
import { mainWith, packageFormats, packageOf } from './packages.ts';
import { hostileZip } from './zip.ts';

/** What `bench/hostile-child.ts` prints for each file. */
export interface HostileResult {
  readonly kind: string;
  readonly outcome: string;
  readonly cpuInMs: number;
  readonly peakInMb: number;
}

/** Makes the files of the cases and reads them in a process of its own, one after the other. */
export async function measureHostile(cases: readonly HostileCase[]): Promise<HostileResult[]> {
  const directory = await mkdtemp(join(tmpdir(), 'quire-hostile-'));
  try {
    const files = [];
    for (const [index, { kind, name, make }] of cases.entries()) {
      const path = join(directory, `${index}`);
      await writeFile(path, make());
      files.push({ kind, name, path });
    }
    const warmUp = [];
    for (const [name, content] of Object.entries(friendly)) {
      const path = join(directory, name);
      await writeFile(path, content);
      warmUp.push({ kind: name, name, path });
    }
    await writeFile(join(directory, 'manifest.json'), JSON.stringify({ warmUp, files }));
    const child = resolve('bench/hostile-child.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', child, directory],
      { maxBuffer: 16 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: '' } },
    );
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as HostileResult);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** One small file of each format, so that its libraries are loaded. */
const friendly: Readonly<Record<string, string | Uint8Array>> = {
  ...Object.fromEntries(
    packageFormats.map((format) => [
      `b.${format}`,
      hostileZip(packageOf(format, mainWith(format, 'One'))),
    ]),
  ),
  'a.docx': simpleDocx(),
  'a.html': '<p>One <table><tr><th>a<td>b</table>',
  'a.md': '# One\n\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  'a.txt': 'One',
  'a.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n',
  'a.srt': '1\n00:00:01,000 --> 00:00:02,000\nOne\n',
  'a.json': '[{"text":"One"}]',
  'a.pdf': '%PDF-1.4\n%%EOF',
  'a.csv': 'a,b\n1,2\n',
  'a.eml': 'From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nOne',
  'a.rtf': '{\\rtf1 One}',
};
