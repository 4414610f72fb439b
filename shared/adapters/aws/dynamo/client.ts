import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * A client with time-outs: without them a lost connection would hold a step until Lambda stops it. With an endpoint it speaks to a
 * local server, which takes any credentials.
 */
export function createDynamoClient(options: { endpoint?: string } = {}): DynamoDBClient {
  const { endpoint } = options;
  const client = new DynamoDBClient({
    maxAttempts: 5,
    requestHandler: {
      ...(endpoint === undefined ? timeouts : localTimeouts),
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 100 },
      httpsAgent: { maxSockets: 100 },
    },
    ...(endpoint === undefined ? {} : { endpoint, ...localIdentity }),
  });
  // Without a logger it still copies and sifts every request and answer for one, a fifteenth of the time that a request takes here.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

const timeouts = { connectionTimeout: 2_000, requestTimeout: 5_000 };
/** The server is in this process or beside it: on a machine with too much to do it is late, but it is not lost. */
const localTimeouts = { connectionTimeout: 30_000, requestTimeout: 60_000 };
const localIdentity = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
