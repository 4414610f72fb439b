import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { withEngineQuirks } from '#shared/runner/engine-quirks.ts';
import { buildStateMachine, placeholderOf, renderStateMachine } from '#shared/workflows/asl.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { stepNames } from '#shared/workflows/step-names.ts';
import { extraFaults, statesOf } from '../support/asl-rules.ts';

const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  isValid: boolean;
  errors: unknown[];
};

const arnOf = (step: string) => `arn:aws:lambda:us-east-1:123456789012:function:quire-${step}`;

describe.each(workflows.map((workflow) => ({ name: workflow.id, workflow })))(
  'state machine of $name',
  ({ workflow }) => {
    const definition = buildStateMachine(workflow);
    const deployed = JSON.parse(renderStateMachine(definition, arnOf));

    it('passes asl-validator', () => {
      expect(validate(deployed).errors).toEqual([]);
    });

    it('passes asl-validator as the local engine runs it', () => {
      const local = JSON.parse(renderStateMachine(definition, arnOf), withEngineQuirks);
      expect(validate(local).errors).toEqual([]);
    });

    it('has States.ALL alone and last, heartbeats below time-outs, and nothing that the local engine passes over', () => {
      expect(extraFaults(definition)).toEqual([]);
    });

    it('catches every failure of every state outside a Map and leads it to FailTask', () => {
      const unguarded = Object.entries(definition.States)
        .filter(([, state]) => state.Type === 'Task' || state.Type === 'Map')
        .filter(([name]) => name !== 'FailTask')
        .filter(([, state]) => JSON.stringify(state['Catch'])?.includes('"FailTask"') !== true)
        .map(([name]) => name);

      expect(unguarded).toEqual([]);
    });

    it('retries only failures of the platform, so that no answer of a step is paid for twice', () => {
      const retried = statesOf(definition).flatMap(([, state]) =>
        ((state['Retry'] ?? []) as { ErrorEquals: string[] }[]).flatMap((rule) => rule.ErrorEquals),
      );

      expect(retried.length).toBeGreaterThan(0);
      expect(retried.filter((name) => !/^(Lambda\.|States\.Timeout$)/.test(name))).toEqual([]);
    });

    it('fills in every placeholder and uses every step that its stages need', () => {
      expect(JSON.stringify(deployed)).not.toContain('${');
      const unused = stepNames.filter(
        (step) => !JSON.stringify(definition).includes(placeholderOf(step)),
      );
      const kinds = new Set(workflow.stages.map(({ kind }) => kind));
      const unneeded = [
        ...(kinds.has('code') ? [] : ['run-code']),
        ...(kinds.has('children') ? [] : ['run-children']),
      ];
      expect(unused).toEqual(unneeded);
    });

    it('passes on nothing but references, counts and errors', () => {
      const parameters = statesOf(definition).map(([, state]) => payloadIn(state['Parameters']));
      const names = new Set(parameters.flatMap((each) => Object.keys(each)));

      expect([...names].sort()).toEqual([
        'error.$',
        'round.$',
        'stage',
        'stage.$',
        'taskId.$',
        'taskToken.$',
        'token.$',
        'what',
        'worker.$',
      ]);
    });

    it('waits for a person after the first plan and before the delivery, and asks nobody twice', () => {
      const waiting = Object.entries(definition.States).filter(([, { Resource: resource }]) =>
        String(resource).endsWith('.waitForTaskToken'),
      );

      expect(
        waiting.map(([name, { Parameters: parameters, Next: next }]) => [name, parameters, next]),
      ).toEqual([
        ['AskPlanApproval', asked('plan'), expect.stringMatching(/^(Plan|RunTasks$)/)],
        ['AskFinalApproval', asked('final'), 'CloseTask'],
      ]);
      for (const [, state] of waiting) {
        // A time-out is no failure of the platform, and longer than any that a task may ask for.
        expect(JSON.stringify(state['Retry'])).not.toContain('States.Timeout');
        expect(state['TimeoutSeconds']).toBeGreaterThan(7 * 86_400);
        expect(state['ResultPath']).toBeNull();
      }
    });

    it('waits for announced answers on a token, and goes on to fetch them when they are overdue', () => {
      const waiting = statesOf(definition).filter(([name]) => /^WaitFor.+Answers$/.test(name));

      expect(waiting.length).toBeGreaterThan(0);
      for (const [name, state] of waiting) {
        const runCalls = name.replace(/^WaitFor(.+)Answers$/, 'Run$1Calls');
        expect(state).toMatchObject({
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          TimeoutSecondsPath: '$.waitInSeconds',
          // The worker is run again with the input that it left behind.
          ResultPath: null,
          Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: runCalls }],
          Next: runCalls,
        });
        // A retry would wait once more without looking.
        expect(JSON.stringify(state['Retry'])).not.toContain('States.Timeout');
      }
    });
  },
);

describe('a stage of children', () => {
  const auto = workflows.find(({ id }) => id === 'auto');
  const states = auto === undefined ? {} : buildStateMachine(auto).States;

  it('loops over one step: it asks a person first where the plan is to be approved, waits while children remain, then goes on', () => {
    expect(states['AssembleDecompose']).toMatchObject({ Next: 'RunTasks' });
    expect(states['RunTasks']).toMatchObject({ ResultPath: '$.children', Next: 'TasksRemain' });
    expect(states['TasksRemain']).toEqual({
      Type: 'Choice',
      Choices: [
        { Variable: '$.children.needsApproval', BooleanEquals: true, Next: 'AskPlanApproval' },
        { Variable: '$.children.remaining', NumericGreaterThan: 0, Next: 'TasksPause' },
      ],
      Default: 'Render',
    });
    expect(states['AskPlanApproval']).toMatchObject({ Next: 'RunTasks' });
    expect(states['TasksPause']).toEqual({
      Type: 'Wait',
      SecondsPath: '$.children.pauseInSeconds',
      Next: 'RunTasks',
    });
  });

  it('asks nobody about the preliminary stage before it', () => {
    expect(Object.keys(states).filter((name) => name === 'IsPlanApproved')).toEqual([]);
  });
});

function asked(what: string) {
  return {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    FunctionName: '${AskApprovalArn}',
    Payload: { 'taskId.$': '$.taskId', what, 'taskToken.$': '$$.Task.Token' },
  };
}

/** What the function of a state gets: the integration that waits for a token wraps it. */
function payloadIn(parameters: unknown): object {
  if (typeof parameters !== 'object' || parameters === null) return {};
  return 'Payload' in parameters ? (parameters.Payload as object) : parameters;
}

describe('our own rules on definitions', () => {
  const state = { Type: 'Task' as const };

  it.each([
    {
      name: 'States.ALL before another rule',
      fault: { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] },
    },
    {
      name: 'States.ALL beside another error',
      fault: { Catch: [{ ErrorEquals: ['A', 'States.ALL'] }] },
    },
    {
      name: 'a heartbeat as long as the time-out',
      fault: { HeartbeatSeconds: 60, TimeoutSeconds: 60 },
    },
    { name: 'JSONata', fault: { QueryLanguage: 'JSONata' } },
  ])('see $name', ({ fault }) => {
    expect(extraFaults({ States: { Broken: { ...state, ...fault } } }).length).toBeGreaterThan(0);
  });
});
