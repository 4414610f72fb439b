import { stepMemoryInMb } from '#shared/workflows/step-limits.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { awsPrices } from './prices.ts';

/** What ran for one task, as it was counted. */
export interface Measured {
  readonly transitions: number;
  readonly events: number;
  readonly steps: readonly FunctionRun[];
  readonly requests: readonly FunctionRun[];
}

/** One run of a function, with what it asked for. */
export interface FunctionRun {
  readonly name: string;
  readonly durationInMs: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly objectReads: number;
  readonly objectWrites: number;
}

/** A line of the bill. */
export interface BillRow {
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  readonly costInMicroUsd: number;
}

/** Every function of the task is started cold once, and Lambda bills that too. */
const coldStartInMs = 400;
/** Bytes of log that one of each writes, without any content: measured lines, rounded up. */
const logBytes = { historyEvent: 450, functionRun: 1_100, apiRequest: 350 };
const apiMemoryInMb = 512;

/** What AWS charges for it at list prices. */
export function billOf({ transitions, events, steps, requests }: Measured): readonly BillRow[] {
  const price = awsPrices.inMicroUsd;
  const runs = [...steps, ...requests];
  const gigabyteSeconds = sum(runs, gigabyteSecondsOf) + coldStarts(runs);
  const logged =
    events * logBytes.historyEvent +
    runs.length * logBytes.functionRun +
    requests.length * logBytes.apiRequest;
  const row = (
    service: string,
    what: string,
    [quantity, unitPrice]: [number, number],
  ): BillRow => ({
    service,
    what,
    quantity,
    costInMicroUsd: quantity * unitPrice,
  });
  return [
    row('Step Functions', 'state transitions', [transitions, price.stateTransition]),
    row('Lambda', 'requests', [runs.length, price.lambdaRequest]),
    row('Lambda', 'GB-seconds (arm64), cold starts included', [
      gigabyteSeconds,
      price.lambdaGbSecondArm,
    ]),
    row('DynamoDB', 'write units', [sum(runs, (run) => run.writeUnits), price.dynamoWriteUnit]),
    row('DynamoDB', 'read units', [sum(runs, (run) => run.readUnits), price.dynamoReadUnit]),
    row('S3', 'PUT, COPY, LIST', [sum(runs, (run) => run.objectWrites), price.objectWrite]),
    row('S3', 'GET, HEAD', [sum(runs, (run) => run.objectReads), price.objectRead]),
    row('API Gateway', 'requests', [requests.length, price.apiRequest]),
    row('CloudWatch', 'GB of logs (by the number of lines)', [logged / 1e9, price.logGigabyte]),
    row('X-Ray', 'traces (one for the execution and one a request)', [
      1 + requests.length,
      price.trace,
    ]),
  ];
}

export function totalOf(rows: readonly BillRow[]): number {
  return rows.reduce((total, { costInMicroUsd }) => total + costInMicroUsd, 0);
}

function gigabyteSecondsOf({ name, durationInMs }: FunctionRun): number {
  return (memoryOf(name) / 1_024) * (durationInMs / 1_000);
}

function coldStarts(runs: readonly FunctionRun[]): number {
  const names = [...new Set(runs.map(({ name }) => name))];
  return names.reduce(
    (total, name) => total + (memoryOf(name) / 1_024) * (coldStartInMs / 1_000),
    0,
  );
}

function memoryOf(name: string): number {
  return name === 'api' ? apiMemoryInMb : stepMemoryInMb(name as StepName);
}

function sum(runs: readonly FunctionRun[], amountOf: (run: FunctionRun) => number): number {
  return runs.reduce((total, run) => total + amountOf(run), 0);
}
