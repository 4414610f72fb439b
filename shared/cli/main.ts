import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { isQuireError, problemOf } from '#shared/domain/errors.ts';
import { exitCodeOfError } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

interface Command {
  readonly run: (commandLine: readonly string[]) => Promise<number>;
  readonly help: string;
}

/** Each is loaded when it is asked for: what only asks a server need not load what runs workflows. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: () => import('./run.ts').then((its) => ({ run: its.run, help: its.runHelp })),
  estimate: () =>
    import('./estimate.ts').then((its) => ({ run: its.estimate, help: its.estimateHelp })),
  serve: () => import('./serve.ts').then((its) => ({ run: its.serve, help: its.serveHelp })),
  watch: () => import('./watch.ts').then((its) => ({ run: its.watch, help: its.watchHelp })),
  submit: () => import('./remote.ts').then((its) => ({ run: its.submit, help: its.submitHelp })),
  status: () => import('./remote.ts').then((its) => ({ run: its.status, help: its.statusHelp })),
  result: () => import('./remote.ts').then((its) => ({ run: its.result, help: its.resultHelp })),
  cancel: () => import('./remote.ts').then((its) => ({ run: its.cancel, help: its.cancelHelp })),
  resume: () => import('./remote.ts').then((its) => ({ run: its.resume, help: its.resumeHelp })),
  approve: () =>
    import('./approve.ts').then((its) => ({ run: its.approve, help: its.approveHelp })),
  callbacks: () =>
    import('./callbacks.ts').then((its) => ({ run: its.callbacks, help: its.callbacksHelp })),
  usage: () => import('./remote.ts').then((its) => ({ run: its.usage, help: its.usageHelp })),
  keys: () => import('./keys.ts').then((its) => ({ run: its.keys, help: its.keysHelp })),
  doctor: () => import('./doctor.ts').then((its) => ({ run: its.doctor, help: its.doctorHelp })),
};

/** The `quire` command: carries out the command line and returns the exit code. */
export async function main(commandLine: readonly string[]): Promise<number> {
  const [name, ...rest] = commandLine;
  if (name === undefined || name === '--help' || name === 'help')
    return await printHelp(name === undefined ? 2 : 0);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (load === undefined) {
      throw new UsageError(
        `Expected one of ${Object.keys(commands).join(', ')}, got “${name}”. See quire --help.`,
      );
    }
    const command = await load();
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

async function printHelp(exitCode: number): Promise<number> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const help = [
    'Quire: office-document tasks, finished as Office files.',
    ...all.map((command) => command.help),
  ];
  (exitCode === 0 ? process.stdout : process.stderr).write(`${help.join('\n\n')}\n`);
  return exitCode;
}
