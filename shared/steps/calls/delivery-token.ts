import { createHmac, timingSafeEqual } from 'node:crypto';
import { AttemptId, CallId, TaskId } from '#shared/domain/ids.ts';

/** What a provider was given an address for. */
export interface DeliveryClaims {
  readonly taskId: TaskId;
  readonly callId: CallId;
  readonly attemptId: AttemptId;
}

/** Longest life of an address: no answer takes longer, and an older one is a replay. */
const longestLifeInMs = 86_400_000;
const expirySchema = /^[0-9a-z]{1,9}$/;
const macSchema = /^[\w-]{43}$/;

/**
 * The last part of an attempt's callback address: `task.call.attempt.expiry.mac`. It says by itself what it is about, so that no index is
 * needed, and nobody without the key can make one: the key of HMAC-SHA256 is a secret of the deployment.
 */
export function signDelivery(
  key: Uint8Array,
  claims: DeliveryClaims,
  { nowInMs }: { nowInMs: number },
): string {
  const expiry = Math.ceil((nowInMs + longestLifeInMs) / 1_000).toString(36);
  const { taskId, callId, attemptId } = claims;
  const signed = [taskId, callId, attemptId, expiry].join('.');
  return `${signed}.${macOf(key, signed).toString('base64url')}`;
}

/** What a token stands for; `undefined` where it is forged, changed or too old. Compares in constant time. */
export function readDelivery(
  key: Uint8Array,
  token: string,
  { nowInMs }: { nowInMs: number },
): DeliveryClaims | undefined {
  const [taskId, callId, attemptId, expiry = '', mac = '', ...others] = token.split('.');
  if (others.length > 0 || !expirySchema.test(expiry) || !macSchema.test(mac)) return undefined;
  const wanted = macOf(key, [taskId, callId, attemptId, expiry].join('.'));
  const got = Buffer.from(mac, 'base64url');
  if (got.length !== wanted.length || !timingSafeEqual(got, wanted)) return undefined;
  // 43 characters of base64url carry two bits more than 32 bytes: only the one spelling is ours.
  if (wanted.toString('base64url') !== mac) return undefined;
  if (Number.parseInt(expiry, 36) * 1_000 < nowInMs) return undefined;
  const ids = [TaskId.safeParse(taskId), CallId.safeParse(callId), AttemptId.safeParse(attemptId)];
  if (ids.some(({ success }) => !success)) return undefined;
  return {
    taskId: TaskId.parse(taskId),
    callId: CallId.parse(callId),
    attemptId: AttemptId.parse(attemptId),
  };
}

/** With a purpose in front: the same key signs nothing else in these words. */
function macOf(key: Uint8Array, signed: string): Buffer {
  return createHmac('sha256', key).update(`quire-delivery-1\n${signed}`).digest();
}
