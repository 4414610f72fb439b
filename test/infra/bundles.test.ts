import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { bundling, projectRoot } from '../../infra/bundling.ts';

/** Files and packages that end up in a bundle, by their paths from the root of the project. */
async function inputsOf(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    ...bundling,
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outdir: 'unused',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
}

const entrances = [
  'api',
  'authorizer',
  'callback',
  'jwt-authorizer',
  'inbox',
  'events',
  'sweeper',
  'after-task',
].map((name) => `lambdas/${name}.ts`);
const steps = readdirSync(`${projectRoot}lambdas/steps`).map((name) => `lambdas/steps/${name}`);

describe.each([...entrances, ...steps])('the bundle of %s', (entry) => {
  const inputs = inputsOf(entry);
  // The tests below report a failed build; without this it would also end the process.
  inputs.catch(() => undefined);

  it('holds nothing of the local run, of the CDK or of the SDK’s credential chain', async () => {
    const strangers =
      /aws-cdk-lib|shared\/(cli|runner|simulator|adapters\/local)\/|dynalite|credential-provider-(ini|sso)/;
    expect((await inputs).filter((path) => strangers.test(path))).toEqual([]);
  });

  it('holds the libraries of a file format only where the step reads or writes it', async () => {
    const formats = (await inputs).filter((path) =>
      /node_modules\/(pdfjs-dist|docx|saxes|parse5|fflate|markdown-it)\//.test(path),
    );
    const isAllowed = /steps\/render\.ts$/.test(entry);
    expect(isAllowed ? [] : formats).toEqual([]);
  });

  it('holds the client of a service only where the function may use the service', async () => {
    const paths = await inputs;
    const uses = (client: string) =>
      paths.some((path) => path.includes(`@aws-sdk/client-${client}/`));
    expect(uses('secrets-manager')).toBe(
      /(lambdas\/api|\/authorizer|callback|run-calls|after-task)\.ts$/.test(entry),
    );
    expect(paths.some((path) => path.includes('node_modules/jose/'))).toBe(
      /jwt-authorizer\.ts$/.test(entry),
    );
    expect(uses('eventbridge')).toBe(
      /(api|inbox|events|sweeper|ask-approval|after-task|assemble-answers|run-code|close-task|fail-task)\.ts$/.test(
        entry,
      ),
    );
    expect(uses('sfn')).toBe(/(api|await-answers|callback|inbox|events|sweeper)\.ts$/.test(entry));
    expect(uses('sqs')).toBe(/events\.ts$/.test(entry));
    expect(uses('lambda')).toBe(false);
  });
});

describe('the bundle of the reading thread', () => {
  it('holds the readers and nothing that reaches beyond the thread', async () => {
    const paths = await inputsOf('shared/runtime/document-thread.ts');

    expect(paths.some((path) => path.includes('node_modules/pdfjs-dist/'))).toBe(true);
    expect(
      paths.filter((path) => /@aws-sdk|openai|undici|shared\/runtime\/aws/.test(path)),
    ).toEqual([]);
  });
});
