import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { createJsonLogger } from '#shared/adapters/system/logger.ts';

export const clock = createSystemClock();
export const ids = createRandomIds();
export const logger = createJsonLogger({ write: (line) => process.stdout.write(`${line}\n`) });
