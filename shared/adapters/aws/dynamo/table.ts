import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { storeError } from '../store-error.ts';
import { sendOnce } from './send-once.ts';

/** What every store over the table takes. */
export interface DynamoOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Days for which the items of an ended task are kept; without it nothing expires. */
  readonly retentionInDays?: number;
}

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as DynamoDB gives it back, before a mapper has parsed it. */
export type Item = Readonly<Record<string, unknown>>;

/** Values of an expression by their name without the colon. Names of attributes are found in the expressions by their `#`. */
export type Values = Readonly<Record<string, unknown>>;

export interface Change {
  readonly key: Key;
  readonly update: string;
  readonly condition: string;
  readonly values: Values;
}

export interface TableQuery {
  readonly index?: string;
  readonly condition: string;
  readonly filter?: string;
  readonly values: Values;
  readonly limit?: number;
  readonly isDescending?: boolean;
  readonly startKey?: Item;
}

export interface ItemPage {
  readonly items: readonly Item[];
  readonly lastKey: Item | undefined;
}

/** The table with plain items and answers: a condition that fails is an answer, not an error. */
export interface StateTable {
  /** Strongly consistent. */
  get(key: Key): Promise<Item | undefined>;
  /** `false` where the condition failed. */
  put(item: Key & Item, write?: { condition: string; values?: Values }): Promise<boolean>;
  /** The item after the change, or `undefined` where the condition failed. For changes that may be made twice. */
  change(change: Change): Promise<Item | undefined>;
  /** For changes that count: a request without an answer is not sent again, since it may have been carried out. */
  count(change: Change): Promise<boolean>;
  query(query: TableQuery): Promise<ItemPage>;
  /** All pages. */
  queryAll(query: TableQuery): Promise<readonly Item[]>;
}

export function createStateTable({ client, tableName }: DynamoOptions): StateTable {
  const inputOf = (change: Change): UpdateItemCommandInput => ({
    TableName: tableName,
    Key: marshall(change.key),
    UpdateExpression: change.update,
    ConditionExpression: change.condition,
    ExpressionAttributeNames: namesIn(change.update, change.condition),
    ExpressionAttributeValues: valuesOf(change.values),
  });
  const table: StateTable = {
    async get(key) {
      const command = new GetItemCommand({
        TableName: tableName,
        Key: marshall(key),
        ConsistentRead: true,
      });
      const { Item } = await guard('GetItem', () => client.send(command));
      return Item === undefined ? undefined : unmarshall(Item);
    },
    async put(item, write) {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: marshall(item, { removeUndefinedValues: true }),
        ...(write === undefined ? {} : conditionOf(write.condition, write.values)),
      });
      return (await conditional('PutItem', () => client.send(command))) !== undefined;
    },
    async change(change) {
      const command = new UpdateItemCommand({ ...inputOf(change), ReturnValues: 'ALL_NEW' });
      const output = await conditional('UpdateItem', () => client.send(command));
      return output === undefined ? undefined : unmarshall(output.Attributes ?? {});
    },
    async count(change) {
      const command = new UpdateItemCommand(inputOf(change));
      return (await conditional('UpdateItem', () => sendOnce(client, command))) !== undefined;
    },
    async query(query) {
      const command = new QueryCommand(queryInput(tableName, query));
      const page: QueryCommandOutput = await guard('Query', () => client.send(command));
      const lastKey = page.LastEvaluatedKey;
      return {
        items: (page.Items ?? []).map((item) => unmarshall(item)),
        lastKey: lastKey === undefined ? undefined : unmarshall(lastKey),
      };
    },
    async queryAll(query) {
      const items: Item[] = [];
      let startKey = query.startKey;
      do {
        const page = await table.query({
          ...query,
          ...(startKey === undefined ? {} : { startKey }),
        });
        items.push(...page.items);
        startKey = page.lastKey;
      } while (startKey !== undefined);
      return items;
    },
  };
  return table;
}

function queryInput(tableName: string, query: TableQuery): QueryCommandInput {
  const { index, condition, filter, values, limit, isDescending, startKey } = query;
  return {
    TableName: tableName,
    KeyConditionExpression: condition,
    ExpressionAttributeNames: namesIn(condition, filter ?? ''),
    ExpressionAttributeValues: valuesOf(values),
    // An index cannot be read consistently.
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    ...(filter === undefined ? {} : { FilterExpression: filter }),
    ...(limit === undefined ? {} : { Limit: limit }),
    ...(startKey === undefined ? {} : { ExclusiveStartKey: marshall(startKey) }),
    ScanIndexForward: isDescending !== true,
  };
}

function conditionOf(condition: string, values: Values = {}) {
  const hasValues = Object.keys(values).length > 0;
  return {
    ConditionExpression: condition,
    ExpressionAttributeNames: namesIn(condition),
    ...(hasValues ? { ExpressionAttributeValues: valuesOf(values) } : {}),
  };
}

/** Every attribute stands as `#name`, which keeps reserved words (`status`, `run`, `usage`) out of the expressions. */
function namesIn(...expressions: readonly string[]): Record<string, string> {
  const names = expressions.flatMap((expression) => expression.match(/#\w+/g) ?? []);
  return Object.fromEntries(names.map((name) => [name, name.slice(1)]));
}

function valuesOf(values: Values) {
  const named = Object.entries(values).map(([name, value]) => [`:${name}`, value]);
  return marshall(Object.fromEntries(named), { removeUndefinedValues: true });
}

async function conditional<Output>(
  operation: string,
  send: () => Promise<Output>,
): Promise<Output | undefined> {
  return await guard(operation, async () => {
    try {
      return await send();
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  });
}

async function guard<Output>(operation: string, send: () => Promise<Output>): Promise<Output> {
  try {
    return await send();
  } catch (error) {
    throw storeError(`DynamoDB ${operation}`, error);
  }
}
