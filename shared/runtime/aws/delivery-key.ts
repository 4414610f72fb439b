import { createSecretText } from '#shared/adapters/aws/secret-text.ts';
import { QuireError } from '#shared/domain/errors.ts';

/** Shorter is no secret: the stack generates 43 characters. */
const minLength = 32;

/** Reads what the addresses of deliveries are signed with. It is read once: a new secret counts from the next start of the function. */
export function createDeliveryKey(secretArn: string): () => Promise<Uint8Array> {
  const readSecret = createSecretText(secretArn);
  let key: Uint8Array | undefined;
  return async () => {
    key ??= keyOf(await readSecret());
    return key;
  };
}

function keyOf(text: string | undefined): Uint8Array {
  if (text !== undefined && text.length >= minLength) return new TextEncoder().encode(text);
  throw new QuireError(
    'internal_error',
    `Expected the secret of the deliveries to hold at least ${minLength} characters; deploy the stack again.`,
  );
}
