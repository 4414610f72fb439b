import { createHash } from 'node:crypto';

/** Under what a key is kept. The secret itself is nowhere. */
export function keyHashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
