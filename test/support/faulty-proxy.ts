import { startTestServer, type TestServer } from './http-server.ts';

export interface FaultyProxy extends TestServer {
  /** The next request is carried out, and its answer is lost: the connection drops, or a 500 comes instead. */
  loseAnswer(how: 'drop' | 'fail'): void;
  /** The next requests are refused as too many, and not carried out. */
  throttleNext(count: number): void;
}

/** Stands before a DynamoDB server and makes the faults that a network and a busy service make. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  let lost: 'drop' | 'fail' | undefined;
  let throttled = 0;
  const server = await startTestServer(async (request, body, response) => {
    if (throttled > 0) {
      throttled -= 1;
      response.writeHead(400).end(JSON.stringify({ __type: throttling, message: 'Slow down.' }));
      return;
    }
    const { authorization = '', 'x-amz-target': operation = '' } = request.headers;
    const answer = await fetch(target, {
      method: 'POST',
      body: new Uint8Array(body),
      headers: {
        authorization,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': String(operation),
        'x-amz-date': String(request.headers['x-amz-date']),
      },
    });
    const text = await answer.text();
    const fault = lost;
    lost = undefined;
    if (fault === 'drop') request.socket.destroy();
    else if (fault === 'fail') response.writeHead(500).end('{"__type":"InternalServerError"}');
    else response.writeHead(answer.status).end(text);
  });
  return {
    ...server,
    loseAnswer(how) {
      lost = how;
    },
    throttleNext(count) {
      throttled = count;
    },
  };
}

const throttling = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
