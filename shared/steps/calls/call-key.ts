import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CallSpec } from '#shared/domain/call.ts';
import type { ModelStage } from '#shared/workflows/definition.ts';

/**
 * Key of a question in the cache: the same key means that any provider of the model would be asked the very same thing. The room for the
 * answer is not part of it, since a complete answer does not depend on it.
 */
export function callKey(
  modelFamily: string,
  spec: CallSpec,
  stage: Pick<ModelStage, 'answer'>,
): string {
  const schema = z.toJSONSchema(stage.answer, { unrepresentable: 'any' });
  const question = [modelFamily, spec.prompt, spec.temperature, spec.messages, schema];
  return createHash('sha256').update(JSON.stringify(question)).digest('hex');
}
