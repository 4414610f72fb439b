import type { BucketAccess } from './quire-function.ts';

const markers = ['inbox/*/.done/*', 'inbox/*/.failed/*'];

/** What the function needs that fills the outbox after the end of a task (`createFillOutbox`). */
export const outboxAccess: BucketAccess = {
  read: ['tasks/*/output/*', ...markers],
  write: ['outbox/*', ...markers],
  delete: markers,
};
