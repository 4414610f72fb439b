/** Key schema of the state table, as the stack creates it and the stores use it. Every key is a string. An
 * index holds the keys and what is named here, no more: each write of an item is billed once more for every index that it changes. */
export const stateTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since the epoch after which DynamoDB may remove an item; absent on what stays. */
  timeToLive: 'expiresAt',
  indexes: {
    /** Tasks of a tenant by creation. */
    byTenant: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk', projected: ['status'] },
    /**
     * What somebody has to look at, sparse: tasks of every tenant that have not ended; those that have and whose end is not announced yet;
     * callbacks that are to be delivered.
     */
    unended: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk', projected: [] },
  },
  /** API keys, for the one function that may look at nothing else: the start of their partition keys, and what it may write. */
  apiKeys: { partitionPrefix: 'KEY#', lastUse: 'lastUsedAtInMs' },
  /** Announced uploads, for the one function that reads files and no tasks. */
  uploads: { partitionPrefix: 'UPLOAD#' },
} as const;
