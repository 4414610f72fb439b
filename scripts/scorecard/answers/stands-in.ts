import { unzipSync } from 'fflate';
import { collapse, plainText } from '../../../examples/independent-search.ts';

/** Whether a quote stands in a file by a plain search of its text or XML, which knows nothing of our readers. */
export function standsIn(bytes: Uint8Array, quote: string): boolean {
  return textsOf(bytes).some((text) => text.includes(collapse(quote)));
}

function textsOf(bytes: Uint8Array): string[] {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) return [collapse(new TextDecoder().decode(bytes))];
  return Object.entries(unzipSync(bytes))
    .filter(([name]) => name.endsWith('.xml'))
    .map(([, part]) => plainText(new TextDecoder().decode(part)));
}
