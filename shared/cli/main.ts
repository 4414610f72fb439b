import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { isQuireError, problemOf } from '#shared/domain/errors.ts';
import { approve, approveHelp } from './approve.ts';
import { callbacks, callbacksHelp } from './callbacks.ts';
import { doctor, doctorHelp } from './doctor.ts';
import { exitCodeOfError } from './exit-codes.ts';
import { keys, keysHelp } from './keys.ts';
import {
  cancel,
  cancelHelp,
  result,
  resultHelp,
  resume,
  resumeHelp,
  status,
  statusHelp,
  submit,
  submitHelp,
  usage,
  usageHelp,
} from './remote.ts';
import { run, runHelp } from './run.ts';
import { serve, serveHelp } from './serve.ts';
import { UsageError } from './usage-error.ts';
import { watch, watchHelp } from './watch.ts';

interface Command {
  readonly run: (commandLine: readonly string[]) => Promise<number>;
  readonly help: string;
}

const commands: Readonly<Record<string, Command>> = {
  run: { run, help: runHelp },
  serve: { run: serve, help: serveHelp },
  watch: { run: watch, help: watchHelp },
  submit: { run: submit, help: submitHelp },
  status: { run: status, help: statusHelp },
  result: { run: result, help: resultHelp },
  cancel: { run: cancel, help: cancelHelp },
  resume: { run: resume, help: resumeHelp },
  approve: { run: approve, help: approveHelp },
  callbacks: { run: callbacks, help: callbacksHelp },
  usage: { run: usage, help: usageHelp },
  keys: { run: keys, help: keysHelp },
  doctor: { run: doctor, help: doctorHelp },
};

/** The `quire` command: carries out the command line and returns the exit code. */
export async function main(commandLine: readonly string[]): Promise<number> {
  const [name, ...rest] = commandLine;
  if (name === undefined || name === '--help' || name === 'help')
    return printHelp(name === undefined ? 2 : 0);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (command === undefined) {
      throw new UsageError(
        `Expected one of ${Object.keys(commands).join(', ')}, got “${name}”. See quire --help.`,
      );
    }
    if (rest.includes('--help')) {
      process.stdout.write(`${command.help}\n`);
      return 0;
    }
    // Keys may stand in a file beside the work; what is set already stays.
    if (existsSync('.env')) loadEnvFile('.env');
    return await command.run(rest);
  } catch (error) {
    process.stderr.write(`quire: ${sentenceOf(error)}\n`);
    return exitCodeOfError(error);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const { code, message } = problemOf(error);
  if (isQuireError(error)) return `${code}: ${message}`;
  return `${message}\n${error instanceof Error ? error.stack : ''}`;
}

function printHelp(exitCode: number): number {
  const help = [
    'Quire: office-document tasks, finished as Office files.',
    ...Object.values(commands).map((command) => command.help),
  ];
  (exitCode === 0 ? process.stdout : process.stderr).write(`${help.join('\n\n')}\n`);
  return exitCode;
}
