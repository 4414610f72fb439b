import './with-resolvers.ts';
import { StateMachine } from 'aws-local-stepfunctions';
import {
  placeholderOf,
  renderStateMachine,
  type StateMachineDefinition,
} from '#shared/workflows/asl.ts';
import { type StepName, stepNames } from '#shared/workflows/step-names.ts';
import { withEngineQuirks } from './engine-quirks.ts';

/** A machine as the local engine runs it. */
export interface Machine {
  readonly machine: StateMachine;
  readonly tasks: readonly { state: string; step: StepName; waitsForToken: boolean }[];
}

const localArn = (step: StepName) => `arn:aws:lambda:local:000000000000:function:quire-${step}`;

/** The definition with local ARNs, and which state runs which step. */
export function machineOf(definition: StateMachineDefinition): Machine {
  const text = renderStateMachine(definition, localArn);
  // The tests check the definition of every workflow. Here that would make every start of a process a quarter of a second longer.
  const validationOptions = { noValidate: true } as const;
  const machine = new StateMachine(JSON.parse(text, withEngineQuirks), { validationOptions });
  return { machine, tasks: tasksOf(definition) };
}

function tasksOf(value: unknown): Machine['tasks'] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (key !== 'States' || typeof child !== 'object' || child === null) return tasksOf(child);
    const here = Object.entries(child).flatMap(([state, body]) => taskOf(state, body));
    return [...here, ...tasksOf(child)];
  });
}

function taskOf(state: string, body: unknown): Machine['tasks'] {
  if (typeof body !== 'object' || body === null || !('Resource' in body)) return [];
  const { Resource: resource } = body;
  const waitsForToken = typeof resource === 'string' && resource.endsWith('.waitForTaskToken');
  const text = JSON.stringify(body);
  const step = stepNames.find((name) => text.includes(`\${${placeholderOf(name)}}`));
  return step === undefined ? [] : [{ state, step, waitsForToken }];
}

/** The optimised Lambda integration wraps the function's input; the plain one passes it as it is. */
export function payloadOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'Payload' in input ? input.Payload : input;
}
