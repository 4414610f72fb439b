import { join } from 'node:path';
import { createLineFiles } from '#shared/adapters/local/line-files.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';
import { totalsOfLedger } from '#shared/steps/tasks/ledger-totals.ts';
import type { FunctionRun } from './bill.ts';
import { recordedOf } from './recorded.ts';
import { reportOf } from './report.ts';

/** A caller that uploads, submits, looks four times and fetches three files, with what each asks of the stores. */
const requests: FunctionRun[] = Array.from({ length: 9 }, (_, index) => ({
  name: 'api',
  durationInMs: 30,
  readUnits: index === 0 ? 0 : 1,
  writeUnits: index < 2 ? 3 : 0,
  objectReads: index === 1 || index > 5 ? 1 : 0,
  objectWrites: index === 1 ? 1 : 0,
}));

/** What a task of a local server took: its steps as they were counted while they ran, a caller's requests as usual. */
export async function costOfTask(text: string, dataDirectory: string): Promise<string> {
  const taskId = TaskId.parse(text);
  const lines = await createLineFiles(join(dataDirectory, 'measures')).read(taskId);
  if (lines.length === 0) {
    throw new Error(
      `Expected measures of ${taskId} under ${dataDirectory}, found none; name the folder of its server with --data.`,
    );
  }
  const state = await openLocalState(join(dataDirectory, 'state'));
  const usage = totalsOfLedger(await state.ledger.list(taskId));
  await state.close();
  return reportOf({ ...recordedOf(lines), requests }, usage);
}
