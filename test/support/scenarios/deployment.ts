import type { SimulatorReport } from '#shared/simulator/report.ts';
import type { CommandResult } from '../quire-process.ts';
import type { History } from './history.ts';

/** Where a scenario runs: one process on this machine, or the deployed stack in an AWS stand-in. */
export type DeploymentKind = 'local' | 'stand-in';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: any;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null` sends none; the admin key if absent. */
  readonly key?: string | null;
}

/** An event as EventBridge hands it on. */
export interface SeenEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A running Quire as its users and operators see it. Nothing here looks into the code that runs. */
export interface Deployment {
  readonly kind: DeploymentKind;
  /** Of the API, without a slash at its end. */
  url(): string;
  readonly adminKey: string;
  /** Plain HTTP to a path of the API, or to a whole URL. */
  call(method: string, path: string, options?: CallOptions): Promise<HttpAnswer>;
  /** The real `quire` command, told where the API is and the admin key. */
  cli(commandLine: readonly string[]): Promise<CommandResult>;
  /** Puts a file where a user drops it, for example `inbox/summarize/report.md`. */
  putFile(path: string, content: string | Uint8Array): Promise<void>;
  /** A file of the inbox or the outbox, if it is there. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  /** Delivers the event of a dropped file once more and resolves when it has been handled. */
  deliverAgain(path: string): Promise<void>;
  history(executionName: string): Promise<History>;
  /** Ends the execution as nobody inside can foresee: from the console. */
  stopOutside(executionName: string): Promise<void>;
  /** Everything that was logged, a line each. */
  logs(): Promise<readonly string[]>;
  simulatorReport(): Promise<SimulatorReport>;
  /** Sends an event of the user's own, whose detail is the body of `POST /v1/tasks`. */
  publish(event: { source: string; detailType: string; detail: unknown }): Promise<void>;
  /** Events of ours that were seen so far. */
  events(): Promise<readonly SeenEvent[]>;
  close(): Promise<void>;
}
