// Runs a TypeScript file of this repository in this process, after the dependencies are there. One process, so that signals reach it:
// `node scripts/launch.mjs FILE …`.
import './ensure-installed.mjs';
import { fileURLToPath } from 'node:url';

// The SDK announces the end of its support for Node 20 at every start; Quire supports it as long as the SDK runs on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// npm hands a signal to the shell that it started, which ends without passing it on: the end of that shell stands for the signal.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

const [file, ...rest] = process.argv.slice(2);
const target = new URL(`../${file}`, import.meta.url);
process.argv = [process.execPath, fileURLToPath(target), ...rest];
const { register } = await import('tsx/esm/api');
register();
await import(target.href);
