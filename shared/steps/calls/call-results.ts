import { type CallRecord, CallResult } from '#shared/domain/call.ts';
import type { CallId, TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import { putJson, requireJson } from '../json-objects.ts';

/**
 * Most bytes of a result that is kept with its record: up to here, writing it there costs less than an object of its own (an object is
 * as dear as eight kilobytes of writes), and a whole round is read in a few queries.
 */
const mostInlineBytes = 6_000;

interface CommittedCall {
  readonly taskId: TaskId;
  readonly callId: CallId;
  readonly fence: number;
}

/** Makes a result ready for its record: small ones go with it, larger ones into an object that is there before the record points at it. */
export async function storeResult(
  objects: ObjectStore,
  { taskId, callId, fence }: CommittedCall,
  result: CallResult,
): Promise<{ resultJson?: string }> {
  const resultJson = JSON.stringify(result);
  if (new TextEncoder().encode(resultJson).byteLength <= mostInlineBytes) return { resultJson };
  // Under the fence, so that a zombie writes beside it.
  await putJson(objects, objectKeys.call(taskId, callId, fence), result);
  return {};
}

/** The result that a committed record stands for. */
export async function loadResult(
  objects: ObjectStore,
  taskId: TaskId,
  record: Extract<CallRecord, { state: 'committed' }>,
): Promise<CallResult> {
  const { callId, fence, resultJson } = record;
  if (resultJson !== undefined) return CallResult.parse(JSON.parse(resultJson));
  return await requireJson(objects, objectKeys.call(taskId, callId, fence), CallResult);
}
