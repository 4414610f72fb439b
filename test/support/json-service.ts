import { startTestServer, type TestServer } from './http-server.ts';

export interface JsonReply {
  readonly status?: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface JsonService extends TestServer {
  /** What was asked, in order. */
  readonly requests: { operation: string; input: unknown }[];
}

/** A service that speaks AWS's JSON protocol (1.0 and 1.1): the operation is in a header, input and output are JSON. */
export async function startJsonService(
  reply: (operation: string, input: Readonly<Record<string, unknown>>) => JsonReply,
): Promise<JsonService> {
  const requests: JsonService['requests'] = [];
  const server = await startTestServer((request, body, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const input = JSON.parse(body.toString());
    requests.push({ operation, input });
    const answer = reply(operation, input);
    response
      .writeHead(answer.status ?? 200, { 'content-type': String(request.headers['content-type']) })
      .end(JSON.stringify(answer.body));
  });
  return { ...server, requests };
}

/** An error as the services send it. */
export function serviceError(name: string): JsonReply {
  return { status: 400, body: { __type: `com.amazonaws#${name}`, message: name } };
}

/** What a client of the SDK needs to speak to a service on this machine, without waiting for retries. */
export function testClientSettings(endpoint: string) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
}
