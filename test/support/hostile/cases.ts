import type { DocumentFormat } from '#shared/domain/document.ts';
import { binaryCases } from './binary-cases.ts';
import type { HostileCase } from './hostile-case.ts';
import { packageCases } from './package-cases.ts';
import { textCases } from './text-cases.ts';

/** Formats whose readers are not in this branch yet. Take a line out when its reader has come: its cases then run. */
export const pendingReaders: Readonly<Partial<Record<DocumentFormat, string>>> = {
  xlsx: 'the reader of XLSX is written in another branch',
  pptx: 'the reader of PPTX is written in another branch',
  odt: 'the reader of ODT is written in another branch',
  ods: 'the reader of ODS is written in another branch',
  odp: 'the reader of ODP is written in another branch',
  csv: 'the reader of CSV is written in another branch',
  eml: 'the reader of EML is written in another branch',
  msg: 'the reader of MSG is written in another branch',
  rtf: 'the reader of RTF is written in another branch',
};

export const hostileCases: readonly HostileCase[] = [
  ...packageCases(),
  ...binaryCases(),
  ...textCases(),
];

export function pendingReasonOf({ reader }: HostileCase): string | undefined {
  return reader === undefined ? undefined : pendingReaders[reader];
}
