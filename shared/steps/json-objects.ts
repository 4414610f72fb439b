import type * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A value as a JSON file that people may look at. */
export function encodeJson(value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** Writes a value as JSON. */
export function putJson(objects: ObjectStore, key: string, value: unknown): Promise<boolean> {
  return objects.put(key, encoder.encode(JSON.stringify(value)), {
    contentType: 'application/json',
  });
}

/** Writes a value as JSON where there is none yet; `false` where there is, which is then left as it is. */
export function putNewJson(objects: ObjectStore, key: string, value: unknown): Promise<boolean> {
  const options = { contentType: 'application/json', ifAbsent: true };
  return objects.put(key, encoder.encode(JSON.stringify(value)), options);
}

/** Reads a JSON object of a known shape; `undefined` where there is none. */
export async function getJson<Value>(
  objects: ObjectStore,
  key: string,
  schema: z.ZodType<Value>,
): Promise<Value | undefined> {
  const bytes = await objects.get(key);
  return bytes === undefined ? undefined : schema.parse(JSON.parse(decoder.decode(bytes)));
}

/** Reads a JSON object that must be there. */
export async function requireJson<Value>(
  objects: ObjectStore,
  key: string,
  schema: z.ZodType<Value>,
): Promise<Value> {
  const value = await getJson(objects, key, schema);
  if (value !== undefined) return value;
  throw new QuireError('object_not_found', `Expected the object ${key}; it is not in the store.`, {
    details: { key },
  });
}
