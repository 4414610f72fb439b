import { Presets, SingleBar } from 'cli-progress';
import type { Task } from '#shared/domain/task.ts';

/** Shows how far a task is: a bar on a terminal, a line for each event elsewhere. Always on standard error. */
export interface Progress {
  show(task: Task): void;
  end(): void;
}

export function createProgress(): Progress {
  return process.stderr.isTTY ? barProgress() : lineProgress();
}

function lineProgress(): Progress {
  let shown = 0;
  return {
    show(task) {
      for (const { event } of task.timeline.slice(shown)) process.stderr.write(`${event}\n`);
      shown = task.timeline.length;
    },
    end: () => undefined,
  };
}

function barProgress(): Progress {
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} calls · {event}', stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    show(task) {
      const event = task.timeline.at(-1)?.event ?? '';
      if (!isStarted) bar.start(1, 0, { event });
      isStarted = true;
      bar.setTotal(Math.max(1, task.callsPlanned));
      bar.update(task.callsEnded, { event });
    },
    end: () => bar.stop(),
  };
}
