import { readFile } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
}

/** Reads the arguments of a command; what it does not know is a usage error that says so. */
export function readArguments(commandLine: readonly string[], options: Options): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...commandLine],
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Arguments['values'], positionals };
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.split('. ')[0] : 'the arguments cannot be read';
    throw new UsageError(`${reason}. See --help.`, { cause: error });
  }
}

/** A text option, or `undefined`. */
export function text(values: Arguments['values'], name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number option within bounds. */
export function wholeNumber(
  values: Arguments['values'],
  name: string,
  bounds: { min: number; max: number; fallback: number },
): number {
  const value = text(values, name);
  if (value === undefined) return bounds.fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= bounds.min && number <= bounds.max) return number;
  throw new UsageError(
    `Expected --${name} to be a whole number from ${bounds.min} to ${bounds.max}, got “${value}”.`,
  );
}

/** Parameters from `--params FILE.json` and, over them, from each `--param key=value`. A value is JSON where it parses, text otherwise. */
export async function readParams(values: Arguments['values']): Promise<Record<string, unknown>> {
  const file = text(values, 'params');
  const fromFile = file === undefined ? {} : await readParamsFile(file);
  const pairs = values['param'];
  const entries = (Array.isArray(pairs) ? pairs : []).map((pair: string) => {
    const separator = pair.indexOf('=');
    if (separator < 1) throw new UsageError(`Expected --param to be key=value, got “${pair}”.`);
    return [pair.slice(0, separator), jsonOrText(pair.slice(separator + 1))];
  });
  return { ...fromFile, ...Object.fromEntries(entries) };
}

async function readParamsFile(file: string): Promise<Record<string, unknown>> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`Expected --params to name a readable file, got ${file}.`, {
      cause: error,
    });
  });
  const params = jsonOrText(content);
  if (typeof params === 'object' && params !== null && !Array.isArray(params)) return { ...params };
  throw new UsageError(`Expected ${file} to hold one JSON object of parameters.`);
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
