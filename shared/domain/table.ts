/** Key schema of the state table, as the stack creates it and the stores use it. Every key is a string; indexes hold whole items. */
export const stateTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since the epoch after which DynamoDB may remove an item; absent on what stays. */
  timeToLive: 'expiresAt',
  indexes: {
    /** Tasks of a tenant by creation. */
    byTenant: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    /**
     * What somebody has to look at, sparse: tasks of every tenant that have not ended; those that have and whose end is not announced yet;
     * callbacks that are to be delivered.
     */
    unended: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
  },
} as const;
