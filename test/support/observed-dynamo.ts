import { setImmediate } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What goes to the table, over all workers of a test. */
export interface DynamoWatch {
  /** Names of the requests so far, for example `UpdateItemCommand`. */
  readonly requests: readonly string[];
  /** A worker's way to the table. After `cut` nothing that it sends arrives and nothing comes back, as for a process that is killed. */
  worker(): { readonly client: DynamoDBClient; cut(): void };
  /** Waits until no request is under way and nobody has another one to send. */
  settle(): Promise<void>;
}

/** Turns of the event loop without a request after which nothing more follows: an answer leads to the next request within one. */
const quietTurns = 3;

export function watchDynamo(client: DynamoDBClient): DynamoWatch {
  const requests: string[] = [];
  let underWay = 0;
  return {
    requests,
    worker() {
      let isCut = false;
      const never = new Promise<never>(() => undefined);
      const send = async (command: object, ...rest: unknown[]) => {
        if (isCut) return await never;
        requests.push(command.constructor.name);
        underWay += 1;
        const sent: Promise<unknown> = Reflect.apply(client.send, client, [command, ...rest]);
        const answer = await sent.finally(() => {
          underWay -= 1;
        });
        return isCut ? await never : answer;
      };
      return {
        client: new Proxy(client, {
          get: (target, name) => (name === 'send' ? send : Reflect.get(target, name, target)),
        }),
        cut() {
          isCut = true;
        },
      };
    },
    async settle() {
      for (let quiet = 0; quiet < quietTurns; quiet += 1) {
        await setImmediate();
        if (underWay > 0) quiet = -1;
      }
    },
  };
}
