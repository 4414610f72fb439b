import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';

interface Target {
  readonly endpoint: string;
  readonly simulatorUrl: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: any;
}

const identity = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/** The deployed stack as `npm run e2e` has left it: its outputs, and clients for what a user of the account can see. */
export function openStandIn() {
  const target: Target = JSON.parse(readFileSync(process.env['QUIRE_STAND_IN'] ?? '', 'utf8'));
  const { endpoint, outputs } = target;
  const output = (name: string) => outputs[name] ?? '';
  const api = new URL(output('ApiUrl'));
  // The stand-in tells its APIs by the name of the host.
  const host = `${api.host.split('.')[0]}.execute-api.localhost`;
  const options = { endpoint, ...identity };
  const clients = {
    dynamo: new DynamoDBClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    secrets: new SecretsManagerClient(options),
    stepFunctions: new SFNClient(options),
  };
  return {
    ...clients,
    output,
    endpoint,
    simulatorUrl: target.simulatorUrl,
    call: (method: string, path: string, options: CallOptions = {}) =>
      send({ url: `${endpoint}${api.pathname.replace(/\/$/, '')}${path}`, host, method }, options),
    fetch: (url: string) => send({ url, host: new URL(url).host, method: 'GET' }, {}),
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(
  { url, host, method }: { url: string; host: string; method: string },
  { body, headers = {} }: CallOptions,
): Promise<HttpAnswer> {
  const { port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: `${pathname}${search}`,
        method,
        headers: {
          host,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        timeout: 60_000,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          const isJson =
            bytes.length > 0 && response.headers['content-type']?.includes('json') === true;
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes,
            body: isJson ? JSON.parse(bytes.toString('utf8')) : undefined,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`no answer from ${pathname}`)));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
