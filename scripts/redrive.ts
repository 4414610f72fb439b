import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createDeadLetterQueue } from '#shared/adapters/aws/dead-letter-queue.ts';
import {
  createLambdaClient,
  createLambdaFunctions,
} from '#shared/adapters/aws/lambda-functions.ts';
import { createSqsClient } from '#shared/adapters/aws/service-clients.ts';
import { createRedrive } from '#shared/steps/redrive.ts';

// `npm run redrive`: gives the dead letters of a deployed stack to their functions once more, with the credentials of whoever calls it.

const help = `npm run redrive -- [--queue URL] [--outputs FILE] [--dry-run]
  --queue URL      dead-letter queue; else InboxDeadLetterQueue of the outputs
  --outputs FILE   outputs of the stack (default: cdk.out/outputs.json, as \`cdk deploy --outputs-file\` writes it)
  --dry-run        only counts what is there`;

const { values } = parseArgs({
  options: {
    queue: { type: 'string' },
    outputs: { type: 'string', default: 'cdk.out/outputs.json' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`${help}\n`);
else process.exitCode = await redrive(values.queue ?? (await queueOf(values.outputs)));

/** 1 where something is left in the queue, so that a script can tell. */
async function redrive(queueUrl: string | undefined): Promise<number> {
  if (queueUrl === undefined) {
    process.stderr.write(`Expected a queue: there are no outputs at ${values.outputs}.\n${help}\n`);
    return 2;
  }
  // https://sqs.<region>.amazonaws.com/…: the queue knows better than the shell where it is.
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(queueUrl)?.[1];
  const run = createRedrive({
    deadLetters: createDeadLetterQueue({ client: createSqsClient(region), queueUrl }),
    functions: createLambdaFunctions({ client: createLambdaClient(region) }),
  });
  const report = await run({ isDryRun: values['dry-run'] });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return Object.keys(report.kept).length === 0 || values['dry-run'] ? 0 : 1;
}

async function queueOf(outputsFile: string): Promise<string | undefined> {
  const text = await readFile(outputsFile, 'utf8').catch(() => '{}');
  const byStack: Record<string, Record<string, string>> = JSON.parse(text);
  return Object.values(byStack).find((outputs) => 'InboxDeadLetterQueue' in outputs)?.[
    'InboxDeadLetterQueue'
  ];
}
