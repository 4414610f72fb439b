import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startTestServer, type TestServer } from './http-server.ts';

interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
  /** By header, `x-amz-meta-` included. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface S3Server extends TestServer {
  readonly objects: Map<string, StoredObject>;
  /** The next request is answered so, once. */
  failNext(status: number, code: string): void;
}

/** So few that tests see pages. */
const keysPerPage = 3;

/** As much of S3 as the adapters use, over real HTTP, with one bucket in the path (`/bucket/key`). */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, StoredObject>();
  let failure: { status: number; code: string } | undefined;
  const server = await startTestServer((request, body, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const exchange = { request, response, body, key, url, objects };
    const fault = failure;
    failure = undefined;
    if (fault !== undefined) return sendError(exchange, fault.status, fault.code);
    const handle = handlers[`${request.method}${key === '' ? ' bucket' : ''}`];
    return handle === undefined ? sendError(exchange, 405, 'MethodNotAllowed') : handle(exchange);
  });
  return {
    ...server,
    objects,
    failNext(status, code) {
      failure = { status, code };
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly key: string;
  readonly url: URL;
  readonly objects: Map<string, StoredObject>;
}

const handlers: Readonly<Record<string, (exchange: Exchange) => void>> = {
  PUT: (exchange) => (exchange.request.headers['x-amz-copy-source'] ? copy : put)(exchange),
  GET: (exchange) => send(exchange, true),
  HEAD: (exchange) => send(exchange, false),
  DELETE({ objects, key, response }) {
    objects.delete(key);
    response.writeHead(204).end();
  },
  'GET bucket': list,
  'POST bucket': post,
};

function put(exchange: Exchange): void {
  const { request, response, body, key, objects } = exchange;
  if (request.headers['if-none-match'] === '*' && objects.has(key)) {
    sendError(exchange, 412, 'PreconditionFailed');
    return;
  }
  const metadata = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') ? [[name, String(value)]] : [],
    ),
  );
  objects.set(key, { bytes: body, contentType: request.headers['content-type'], metadata });
  response.writeHead(200, { etag: etagOf(body) }).end();
}

function copy(exchange: Exchange): void {
  const source = decodeURIComponent(String(exchange.request.headers['x-amz-copy-source']));
  const object = exchange.objects.get(source.split('/').slice(1).join('/'));
  if (object === undefined) {
    sendError(exchange, 404, 'NoSuchKey');
    return;
  }
  const etag = etagOf(object.bytes);
  const wanted = exchange.request.headers['x-amz-copy-source-if-match'];
  if (wanted !== undefined && wanted !== etag) {
    sendError(exchange, 412, 'PreconditionFailed');
    return;
  }
  exchange.objects.set(exchange.key, object);
  sendXml(exchange, 200, `<CopyObjectResult><ETag>${etag}</ETag></CopyObjectResult>`);
}

function send(exchange: Exchange, withBody: boolean): void {
  const object = exchange.objects.get(exchange.key);
  if (object === undefined) {
    sendError(exchange, 404, 'NoSuchKey');
    return;
  }
  exchange.response.writeHead(200, {
    'content-length': object.bytes.length,
    'content-type': object.contentType ?? 'binary/octet-stream',
    etag: etagOf(object.bytes),
    ...object.metadata,
  });
  exchange.response.end(withBody ? object.bytes : undefined);
}

function list(exchange: Exchange): void {
  const prefix = exchange.url.searchParams.get('prefix') ?? '';
  const after = exchange.url.searchParams.get('continuation-token') ?? '';
  const keys = [...exchange.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const left = keys.filter((key) => key > after);
  const page = left.slice(0, keysPerPage);
  const isTruncated = left.length > page.length;
  const contents = page.map((key) => {
    const size = exchange.objects.get(key)?.bytes.length;
    return `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key><Size>${size}</Size></Contents>`;
  });
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  sendXml(
    exchange,
    200,
    `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
  );
}

/** The form of a presigned POST, with the checks that S3 makes by its policy (but for the signature). */
async function post(exchange: Exchange): Promise<void> {
  const { request, body, objects, response } = exchange;
  const headers = { 'content-type': String(request.headers['content-type']) };
  const form = await new Response(body, { headers }).formData();
  const policy = JSON.parse(Buffer.from(String(form.get('Policy')), 'base64').toString());
  const file = form.get('file');
  const key = String(form.get('key'));
  const size = file instanceof Blob ? file.size : 0;
  const fault = faultOfForm(policy, { key, size });
  if (fault !== undefined) return sendError(exchange, 403, fault);
  const bytes = Buffer.from(await new Blob(file === null ? [] : [file]).arrayBuffer());
  objects.set(key, { bytes, contentType: undefined });
  response.writeHead(204).end();
}

type SizeRange = readonly ['content-length-range', number, number];

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly (Readonly<Record<string, string>> | SizeRange)[];
}

function isSizeRange(condition: Policy['conditions'][number]): condition is SizeRange {
  return Array.isArray(condition);
}

function faultOfForm(policy: Policy, form: { key: string; size: number }): string | undefined {
  if (Date.parse(policy.expiration) < Date.now()) return 'AccessDenied';
  for (const condition of policy.conditions) {
    if (!isSizeRange(condition)) continue;
    if (form.size < condition[1]) return 'EntityTooSmall';
    if (form.size > condition[2]) return 'EntityTooLarge';
  }
  const keys = policy.conditions.flatMap((each) => ('key' in each ? [each['key']] : []));
  return keys.includes(form.key) ? undefined : 'AccessDenied';
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function sendError(exchange: Exchange, status: number, code: string): void {
  sendXml(exchange, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function sendXml({ request, response }: Exchange, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : `<?xml version="1.0"?>${xml}`);
}
