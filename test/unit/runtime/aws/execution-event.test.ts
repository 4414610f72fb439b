import { describe, expect, it } from '@jest/globals';
import { concernOf } from '#shared/runtime/aws/execution-event.ts';
import { ids } from '../../../support/tasks.ts';

const taskId = ids.taskId();

/** As EventBridge hands it over (Step Functions, “Event schema”). */
function ended(name: string) {
  return {
    version: '0',
    id: '315c1398-40ff-a850-213b-158f73e60175',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: '123456789012',
    time: '2026-11-21T19:42:21Z',
    region: 'eu-central-1',
    resources: [],
    detail: {
      executionArn: `arn:aws:states:eu-central-1:123456789012:execution:quire:${name}`,
      stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:quire',
      name,
      status: 'ABORTED',
    },
  };
}

describe('an event for the sweeper', () => {
  it.each([
    ['the first execution of a task', ended(taskId), { of: 'task', taskId }],
    ['a later one', ended(`${taskId}-r12`), { of: 'task', taskId }],
    ['an execution that somebody started by hand', ended('try-1'), { of: 'none' }],
    ['the schedule', { 'detail-type': 'Scheduled Event', detail: {} }, { of: 'all' }],
    ['a test by hand', {}, { of: 'all' }],
  ])('is %s', (_, event, concern) => {
    expect(concernOf(event)).toEqual(concern);
  });
});
