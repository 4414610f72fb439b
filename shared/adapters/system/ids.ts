import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { apiKeyPrefix } from '#shared/domain/environment.ts';
import { AttemptId, KeyId, TaskId, UploadId } from '#shared/domain/ids.ts';
import type { Ids } from '#shared/ports/ids.ts';

/** Ids of 130 random bits, from the generator that the machine keeps for secrets. */
export function createRandomIds(): Ids {
  const random = () => encode(randomBytes(idLength));
  return {
    taskId: () => TaskId.parse(`tsk_${random()}`),
    taskIdFrom: (seed) => TaskId.parse(`tsk_${encode(createHash('sha256').update(seed).digest())}`),
    uploadId: () => UploadId.parse(`upl_${random()}`),
    attemptId: () => AttemptId.parse(`att_${random()}`),
    keyId: () => KeyId.parse(`key_${random()}`),
    apiKey: () => `${apiKeyPrefix}${Array.from({ length: apiKeyLength }, digitOf62).join('')}`,
    requestId: () => randomUUID(),
  };
}

/** Crockford's base 32 in lower case: no letter that reads like a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 26;

/** One character from the low 5 bits of each byte. */
function encode(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, idLength), (byte) => alphabet.charAt(byte & 31)).join('');
}

/** The least that holds 256 bits. */
const apiKeyLength = 43;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Every one equally likely: `randomInt` draws again where a remainder would prefer some. */
function digitOf62(): string {
  return digits.charAt(randomInt(digits.length));
}
