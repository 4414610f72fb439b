// PDF.js asks for these at import, for drawing, which we never do. Without a canvas package they do not exist in Node.
class Unused {}

const globals: Record<string, unknown> = globalThis as never;
globals['DOMMatrix'] ??= Unused;
globals['Path2D'] ??= Unused;
globals['ImageData'] ??= Unused;
(Promise as { withResolvers?: unknown }).withResolvers ??= withResolvers;
(Promise as { try?: unknown }).try ??= attempt;

/** Node 20 lacks both. */
function withResolvers() {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

async function attempt(work: (...values: unknown[]) => unknown, ...values: unknown[]) {
  return await work(...values);
}

/** Node 20 lacks it; PDF.js packs fonts with it, without which a page has no list of operators. */
Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
  configurable: true,
  writable: true,
  value: Reflect.get(ArrayBuffer.prototype, 'transferToFixedLength') ?? copyToFixedLength,
});

function copyToFixedLength(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
  const copy = new ArrayBuffer(length);
  new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
  return copy;
}
