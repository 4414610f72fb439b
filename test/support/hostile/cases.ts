import { binaryCases } from './binary-cases.ts';
import type { HostileCase } from './hostile-case.ts';
import { packageCases } from './package-cases.ts';
import { textCases } from './text-cases.ts';

export const hostileCases: readonly HostileCase[] = [
  ...packageCases(),
  ...binaryCases(),
  ...textCases(),
];
