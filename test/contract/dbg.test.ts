import { it } from '@jest/globals';
import { openWebhookBench } from '../support/webhook-bench.ts';
it('x', async () => {
  const bench = await openWebhookBench({ isHeld: true });
  const task = await bench.submit(6);
  await bench.until(() => bench.logger.lines.some(({ fields }) => fields['step'] === 'await-answers'));
  bench.relay.forwardTo(bench.url);
  for (const d of [...bench.relay.received]) await bench.relay.send(bench.url, d);
  const t = await bench.runtime.waitForEnd(task.taskId);
  process.stderr.write(JSON.stringify([t, bench.logger.lines], null, 1));
  await bench.close();
});
