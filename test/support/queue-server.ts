import { createHash, randomUUID } from 'node:crypto';
import { startTestServer, type TestServer } from './http-server.ts';

interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  isHidden: boolean;
}

export interface QueueServer extends TestServer {
  readonly queueUrl: string;
  readonly messages: QueuedMessage[];
  /** What functions were run with. */
  readonly invocations: { functionName: string; event: unknown }[];
  put(body: unknown, attributes?: Readonly<Record<string, string>>): void;
}

/** How a function of the test answers; what it throws is its `errorType`. */
export type TestFunction = (event: unknown) => unknown;

/** As much of SQS and Lambda as the redrive uses, over real HTTP: one queue, and functions that are plain code. */
export async function startQueueServer(run: TestFunction): Promise<QueueServer> {
  const messages: QueuedMessage[] = [];
  const invocations: QueueServer['invocations'] = [];
  const operations: Readonly<Record<string, (input: Record<string, string>) => unknown>> = {
    ReceiveMessage: () => ({ Messages: receive(messages) }),
    SendMessage({ MessageBody = '' }) {
      const id = randomUUID();
      messages.push({ id, body: MessageBody, attributes: {}, isHidden: false });
      return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
    },
    DeleteMessage({ ReceiptHandle }) {
      messages.splice(
        messages.findIndex(({ id }) => id === ReceiptHandle),
        1,
      );
      return {};
    },
    ChangeMessageVisibility({ ReceiptHandle, VisibilityTimeout }) {
      const message = messages.find(({ id }) => id === ReceiptHandle);
      if (message !== undefined) message.isHidden = Number(VisibilityTimeout) > 0;
      return {};
    },
  };
  const server = await startTestServer((request, body, response) => {
    const input = JSON.parse(body.toString());
    const invoked = /functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1];
    if (invoked !== undefined) {
      const functionName = decodeURIComponent(invoked);
      invocations.push({ functionName, event: input });
      const { error, output } = answerOf(run, input);
      response.writeHead(200, error ? { 'x-amz-function-error': 'Unhandled' } : {});
      response.end(JSON.stringify(output));
      return;
    }
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const output = operations[operation]?.(input);
    response.writeHead(output === undefined ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.0',
    });
    response.end(JSON.stringify(output ?? { __type: 'InvalidAction' }));
  });
  return {
    ...server,
    queueUrl: `${server.endpoint}/123456789012/dead-letters`,
    messages,
    invocations,
    put(content, attributes = {}) {
      const body = typeof content === 'string' ? content : JSON.stringify(content);
      messages.push({ id: randomUUID(), body, attributes, isHidden: false });
    },
  };
}

function receive(messages: readonly QueuedMessage[]) {
  // Few at a time, so that tests see several rounds.
  const found = messages.filter(({ isHidden }) => !isHidden).slice(0, 2);
  return found.map((message) => {
    message.isHidden = true;
    const { id, body, attributes } = message;
    const named = Object.entries(attributes).map(([name, StringValue]) => [
      name,
      { DataType: 'String', StringValue },
    ]);
    return {
      MessageId: id,
      ReceiptHandle: id,
      Body: body,
      MD5OfBody: md5(body),
      MessageAttributes: Object.fromEntries(named),
    };
  });
}

function answerOf(run: TestFunction, event: unknown) {
  try {
    return { error: false, output: run(event) ?? null };
  } catch (error) {
    return { error: true, output: { errorType: (error as Error).name, errorMessage: 'canary' } };
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
