interface Plan {
  readonly tasks: readonly { readonly id: string; readonly inputs: readonly string[] }[];
}

/** A plan that looks right and cannot be run, in a way that follows from what was asked; any other answer stays as it is. */
export function wrongPlan(content: string, asked: readonly { readonly content: string }[]): string {
  const plan = planIn(content);
  if (plan === undefined) return content;
  const [first, ...others] = plan.tasks;
  if (first === undefined) return content;
  const size = asked.reduce((sum, message) => sum + message.content.length, 0);
  const wrong = wrongs[size % wrongs.length]?.(first) ?? first;
  return JSON.stringify({ ...plan, tasks: [wrong, ...others] });
}

type Task = Plan['tasks'][number];

const wrongs: readonly ((task: Task) => object)[] = [
  (task) => ({ ...task, workflow: 'do-what-i-mean' }),
  (task) => ({ ...task, inputs: [`${task.id}/memo.docx`] }),
  (task) => ({ ...task, inputs: [...task.inputs, 'd99'] }),
  (task) => ({ ...task, params: { colour: 'blue' } }),
];

function planIn(content: string): Plan | undefined {
  try {
    const answer: unknown = JSON.parse(content);
    const isPlan =
      typeof answer === 'object' &&
      answer !== null &&
      'tasks' in answer &&
      'notServed' in answer &&
      Array.isArray(answer.tasks);
    return isPlan ? (answer as unknown as Plan) : undefined;
  } catch {
    return undefined;
  }
}
