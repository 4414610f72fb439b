import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { bundling, projectRoot } from '../../infra/bundling.ts';

const entrances = [
  'api',
  'authorizer',
  'callback',
  'estimates',
  'jwt-authorizer',
  'inbox',
  'events',
  'sweeper',
  'after-task',
].map((name) => `lambdas/${name}.ts`);
const steps = readdirSync(`${projectRoot}lambdas/steps`).map((name) => `lambdas/steps/${name}`);
const thread = 'shared/runtime/document-thread.ts';
// All at once: a file that many bundles hold is read and parsed a single time.
const metafileOfAll = build({
  ...bundling,
  absWorkingDir: projectRoot,
  entryPoints: [...entrances, ...steps, thread],
  outdir: 'unused',
  // What a bundle holds does not depend on its map.
  sourcemap: false,
  metafile: true,
  write: false,
  logLevel: 'silent',
}).then(({ metafile }) => metafile);
// The tests below report a failed build; without this it would also end the process.
metafileOfAll.catch(() => undefined);

/** Files and packages that end up in a bundle, by their paths from the root of the project. */
async function inputsOf(entry: string): Promise<readonly string[]> {
  const outputs = Object.values((await metafileOfAll).outputs);
  const output = outputs.find(({ entryPoint }) => entryPoint === entry);
  if (output === undefined) throw new Error(`Expected a bundle of ${entry}.`);
  return Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

describe.each([...entrances, ...steps])('the bundle of %s', (entry) => {
  it('holds nothing of the local run, of the CDK or of the SDK’s credential chain', async () => {
    const strangers =
      /aws-cdk-lib|shared\/(cli|runner|simulator|adapters\/local)\/|dynalite|credential-provider-(ini|sso)/;
    expect((await inputsOf(entry)).filter((path) => strangers.test(path))).toEqual([]);
  });

  it('holds the libraries of a file format only where the step reads or writes it', async () => {
    const formats = (await inputsOf(entry)).filter((path) =>
      /node_modules\/(pdfjs-dist|docx|saxes|parse5|fflate|markdown-it)\//.test(path),
    );
    const isAllowed = /steps\/render\.ts$/.test(entry);
    expect(isAllowed ? [] : formats).toEqual([]);
  });

  it('holds the client of a service only where the function may use the service', async () => {
    const paths = await inputsOf(entry);
    const uses = (client: string) =>
      paths.some((path) => path.includes(`@aws-sdk/client-${client}/`));
    expect(uses('secrets-manager')).toBe(
      /(lambdas\/api|\/authorizer|callback|run-calls|after-task)\.ts$/.test(entry),
    );
    expect(paths.some((path) => path.includes('node_modules/jose/'))).toBe(
      /jwt-authorizer\.ts$/.test(entry),
    );
    expect(uses('eventbridge')).toBe(
      /(api|inbox|events|sweeper|ask-approval|after-task|assemble-answers|run-code|run-children|close-task|fail-task)\.ts$/.test(
        entry,
      ),
    );
    expect(uses('sfn')).toBe(
      /(api|await-answers|run-children|callback|inbox|events|sweeper)\.ts$/.test(entry),
    );
    expect(uses('sqs')).toBe(/events\.ts$/.test(entry));
    expect(uses('lambda')).toBe(false);
  });
});

describe('the bundle of the reading thread', () => {
  it('holds the readers and nothing that reaches beyond the thread', async () => {
    const paths = await inputsOf(thread);

    expect(paths.some((path) => path.includes('node_modules/pdfjs-dist/'))).toBe(true);
    expect(
      paths.filter((path) => /@aws-sdk|openai|undici|shared\/runtime\/aws/.test(path)),
    ).toEqual([]);
  });
});
