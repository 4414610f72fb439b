import { problemOf } from '#shared/domain/errors.ts';
import type { Logger } from '#shared/ports/logger.ts';

/** Something that is done again and again, because a crash, a lost event or a person who says nothing may have left it undone. */
export interface Chore {
  /** Of a small set, for logs and metrics. */
  readonly name: string;
  /** Does what there is to do; how often it did what. Safe beside a second sweeper, and beside the tasks themselves. */
  run(): Promise<Readonly<Record<string, number>>>;
}

export type Sweep = () => Promise<void>;

/** Does every chore once. One that fails holds no other up; it is tried again with the next sweep. */
export function createSweep(ports: {
  readonly chores: readonly Chore[];
  readonly logger: Logger;
}): Sweep {
  return async () => {
    for (const { name, run } of ports.chores) {
      try {
        const counts = await run();
        const isIdle = Object.values(counts).every((count) => count === 0);
        if (!isIdle) ports.logger.info('chore-done', { chore: name, ...counts });
      } catch (error) {
        ports.logger.error('chore-failed', { chore: name, code: problemOf(error).code });
      }
    }
  };
}
