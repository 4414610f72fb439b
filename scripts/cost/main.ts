import { costOfHundredPages } from './bench.ts';
import { costOfTask } from './task.ts';

// `npm run cost`: what AWS charges for a task beside its tokens, counted from what really ran.
//   npm run cost                                      a report of a hundred pages, run now (about two minutes)
//   npm run cost -- --task tsk_… [--data .quire]      a task of a local server

const given = process.argv.slice(2);
const optionOf = (name: string) => {
  const at = given.indexOf(name);
  return at === -1 ? undefined : given[at + 1];
};

const taskId = optionOf('--task');
console.log(
  taskId === undefined
    ? await costOfHundredPages()
    : await costOfTask(taskId, optionOf('--data') ?? '.quire'),
);
process.exit(0);
