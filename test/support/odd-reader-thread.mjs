// A reading thread that does what a hostile file might make a reader do; the name of the file says what.
import { parentPort } from 'node:worker_threads';

const held = [];
const behaviours = {
  endless() {
    for (;;) held.length = 0;
  },
  heap() {
    for (;;) held.push(Array.from({ length: 10_000 }, (_, index) => ({ index })));
  },
  buffers() {
    for (;;) held.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  exit() {
    process.exit(3);
  },
  throws() {
    throw new Error('not ours');
  },
  environment() {
    const problem = { code: 'empty_file', message: Object.keys(process.env).join(' ') };
    parentPort.postMessage({ kind: 'refused', problem });
  },
};

parentPort.on('message', ({ file }) => {
  const behave = behaviours[file.name];
  if (behave !== undefined) behave();
  else parentPort.postMessage({ kind: 'read', documents: [] });
});
parentPort.postMessage({ kind: 'ready' });
