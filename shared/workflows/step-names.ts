/** Names of the steps: the functions of the stack, the placeholders of the state machines, the handlers of the local runner. */
export const stepNames = [
  'open-task',
  'read-document',
  'plan-calls',
  'ask-approval',
  'run-calls',
  'await-answers',
  'assemble-answers',
  'run-code',
  'run-children',
  'render',
  'close-task',
  'fail-task',
] as const;
export type StepName = (typeof stepNames)[number];
