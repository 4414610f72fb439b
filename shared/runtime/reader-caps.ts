/**
 * What reading one file may take, here as in AWS: a workbook of a million cells stays below it, and the function of 2,048 MB has room
 * for the result beside it. The time is less than the step's, so that a task learns which file was at fault.
 */
export const readerCaps = { heapInMb: 1_024, growthInMb: 1_400, timeoutInMs: 120_000 } as const;
