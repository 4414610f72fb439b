import type { State, StateMachineDefinition } from '#shared/workflows/asl.ts';

/** Every state of a definition with its name, those inside Maps included. */
export function statesOf(definition: Pick<StateMachineDefinition, 'States'>): [string, State][] {
  return Object.entries(definition.States).flatMap(([name, state]) => {
    const processor = state['ItemProcessor'] as StateMachineDefinition | undefined;
    return [[name, state] as [string, State], ...(processor ? statesOf(processor) : [])];
  });
}

/** Faults that `asl-validator` does not see (tried): the rules are those of the States Language specification. */
export function extraFaults(definition: Pick<StateMachineDefinition, 'States'>): string[] {
  return statesOf(definition).flatMap(([name, state]) => [
    ...['Retry', 'Catch'].flatMap((field) => statesAllFaults(name, field, state[field])),
    ...heartbeatFaults(name, state),
    ...unsupportedFaults(name, state),
  ]);
}

function statesAllFaults(name: string, field: string, rules: unknown): string[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: { ErrorEquals: string[] }, index) => {
    if (!rule.ErrorEquals.includes('States.ALL')) return [];
    const isAlone = rule.ErrorEquals.length === 1;
    const isLast = index === rules.length - 1;
    return isAlone && isLast ? [] : [`${name}.${field}: States.ALL must be alone and last`];
  });
}

function heartbeatFaults(name: string, state: State): string[] {
  const heartbeat = state['HeartbeatSeconds'];
  const timeout = state['TimeoutSeconds'];
  if (typeof heartbeat !== 'number' || typeof timeout !== 'number') return [];
  return heartbeat < timeout ? [] : [`${name}: HeartbeatSeconds must be less than TimeoutSeconds`];
}

/** Fields that the local engine passes over in silence: a definition that used them would run differently in AWS. */
function unsupportedFaults(name: string, state: State): string[] {
  const fields = [
    'QueryLanguage',
    'Assign',
    'Output',
    'Arguments',
    'HeartbeatSeconds',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'ToleratedFailurePercentage',
  ];
  return fields
    .filter((field) => field in state)
    .map((field) => `${name}: ${field} is not supported`);
}
