/** Facts of a log line: ids, counts, codes, durations. Never document text, prompts, answers or keys (I9). */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One line of JSON per event. Never fails the work. */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A logger of a process that handles one invocation after the other, as a Lambda function does. */
export interface InvocationLogger extends Logger {
  /** Names the invocation that begins: the fields stand in every line until the next one begins. */
  begin(fields: LogFields): void;
}
