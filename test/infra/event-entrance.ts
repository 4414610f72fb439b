import { describe, expect, it } from '@jest/globals';
import { callIdOf, documentIdOf, TaskId, UploadId } from '#shared/domain/ids.ts';
import { inboxMarkerKey, inboxPlaceOf, outboxPrefix } from '#shared/domain/inbox.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { outboxAccess } from '../../infra/constructs/outbox-access.ts';
import { matches } from './support/event-pattern.ts';
import { rightsOf, textOf } from './support/policies.ts';
import { onlyResource, resourcesOf, synthesize } from './support/synthesize.ts';

const nightly = {
  name: 'nightly',
  expression: 'cron(0 6 * * ? *)',
  timezone: 'Europe/Berlin',
  task: { workflow: 'summarize', inputs: [{ url: 'https://example.com/report.pdf' }] },
};
const plain = synthesize();
const full = synthesize({ eventSources: 'com.example.documents', schedules: [nightly] });

const taskId = TaskId.parse(`tsk_${'a'.repeat(26)}`);
const uploadId = UploadId.parse(`upl_${'a'.repeat(26)}`);

/** A key of each kind that our code makes. A new builder without a sample here fails the first test. */
const samples: Readonly<Record<keyof typeof objectKeys, string>> = {
  upload: objectKeys.upload(uploadId),
  input: objectKeys.input(taskId, documentIdOf(1)),
  fetchedInput: objectKeys.fetchedInput(taskId, documentIdOf(1), 'f00'),
  document: objectKeys.document(taskId, documentIdOf(1)),
  editView: objectKeys.editView(taskId, documentIdOf(1)),
  plan: objectKeys.plan(taskId, 'notes', 0),
  call: objectKeys.call(taskId, callIdOf('notes', 0, 1), 1),
  stageOutput: objectKeys.stageOutput(taskId, 'notes'),
  roundOutput: objectKeys.roundOutput(taskId, 'notes', 0),
  artifact: objectKeys.artifact(taskId, 'summary.docx'),
  artifactsOf: objectKeys.artifactsOf(taskId),
};

/** The rules beside it listen to the clock, to state machines and to the ends of tasks. */
function inboxRuleOf(template: typeof plain) {
  const rules = [...resourcesOf(template, 'AWS::Events::Rule')];
  const rule = rules.find(([id]) => id.startsWith('InboxRule'))?.[1];
  if (rule === undefined) throw new Error('Expected the rule of the inbox.');
  return rule;
}

describe('what our own code writes', () => {
  const rule = inboxRuleOf(plain);
  const [bucket] = resourcesOf(plain, 'AWS::S3::Bucket').keys();
  const isMatched = (key: string) =>
    matches(rule.Properties['EventPattern'], {
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: { Ref: bucket } }, object: { key } },
    });
  const place = inboxPlaceOf('inbox/summarize/2026/a.docx');
  if (place === undefined) throw new Error('Expected an input.');

  it('is seen by no rule, but files that are put into the inbox are', () => {
    expect(isMatched('inbox/summarize/2026/a.docx')).toBe(true);
    const written = [...Object.values(samples), `${outboxPrefix(place)}summary.docx`];
    expect(written.filter(isMatched)).toEqual([]);
  });

  it('is dropped by the function where the rule cannot tell it from a file: markers and settings', () => {
    // A pattern has one condition for a field: it cannot ask for the prefix and refuse the markers.
    const seen = [inboxMarkerKey(place, 'done'), inboxMarkerKey(place, 'failed')];
    expect(seen.map(inboxPlaceOf)).toEqual([undefined, undefined]);
    expect(inboxPlaceOf('inbox/summarize/quire.json')).toBeUndefined();
  });

  it('lies where the outbox may be filled: under outbox/, and markers beside the files', () => {
    const allowed = (patterns: readonly string[] = [], key: string) =>
      patterns.some((pattern) =>
        new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(key),
      );
    const markers = [inboxMarkerKey(place, 'done'), inboxMarkerKey(place, 'failed')];
    for (const key of markers) {
      for (const access of ['read', 'write', 'delete'] as const) {
        expect(allowed(outboxAccess[access], key)).toBe(true);
      }
    }
    expect(allowed(outboxAccess.write, `${outboxPrefix(place)}summary.docx`)).toBe(true);
    expect(allowed(outboxAccess.read, samples.artifact)).toBe(true);
    for (const key of ['inbox/summarize/2026/a.docx', samples.artifact, samples.input]) {
      expect(allowed(outboxAccess.write, key)).toBe(false);
      expect(allowed(outboxAccess.delete, key)).toBe(false);
    }
  });
});

describe('without sources and schedules', () => {
  it('there is no function, no rule and no schedule for them', () => {
    const rules = [...resourcesOf(plain, 'AWS::Events::Rule').keys()];
    expect(rules.filter((id) => id.startsWith('EventEntrance'))).toEqual([]);
    plain.resourceCountIs('AWS::Scheduler::Schedule', 0);
    expect(rightsOf(plain, 'Events')).toEqual([]);
  });
});

describe('events of the user’s own', () => {
  const isMatched = (source: string, detailType: string) =>
    [...resourcesOf(full, 'AWS::Events::Rule').values()].some(({ Properties }) =>
      matches(Properties['EventPattern'], { source, 'detail-type': detailType, detail: {} }),
    );

  it('start the function where source and type are the ones that were named', () => {
    expect(isMatched('com.example.documents', 'Quire Task')).toBe(true);
    expect(isMatched('com.example.other', 'Quire Task')).toBe(false);
    expect(isMatched('com.example.documents', 'Order Placed')).toBe(false);
    expect(isMatched('quire', 'Task Succeeded')).toBe(false);
  });

  it('are kept where they cannot be delivered or handled', () => {
    const [queue] = resourcesOf(full, 'AWS::SQS::Queue').keys();
    const arn = { 'Fn::GetAtt': [queue, 'Arn'] };
    const rules = [...resourcesOf(full, 'AWS::Events::Rule')].filter(([id]) =>
      /^(InboxRule|EventEntrance)/.test(id),
    );
    expect(rules).toHaveLength(2);
    for (const [, { Properties }] of rules) {
      expect(Properties['Targets']).toEqual([
        expect.objectContaining({ DeadLetterConfig: { Arn: arn } }),
      ]);
    }
    full.resourcePropertiesCountIs(
      'AWS::Lambda::EventInvokeConfig',
      { DestinationConfig: { OnFailure: { Destination: arn } }, MaximumRetryAttempts: 2 },
      2,
    );
  });

  it('are handled with rights for this and no more', () => {
    const rights = rightsOf(full, 'Events');
    const resourcesFor = (action: RegExp) =>
      rights.filter((right) => action.test(right.action)).map(({ resource }) => resource);

    expect(resourcesFor(/^s3:PutObject$/)).toEqual([
      expect.stringMatching(/^Documents\w+\.Arn\/tasks\/\*\/input\/\*$/),
    ]);
    expect(resourcesFor(/^s3:GetObject$/)).toEqual([expect.stringMatching(/\/uploads\/\*$/)]);
    expect(resourcesFor(/^s3:Delete|^secretsmanager|^states:Stop|\*/)).toEqual([]);
    expect(new Set(resourcesFor(/^sqs:/)).size).toBe(1);
    expect(resourcesFor(/^states:StartExecution$/)).toHaveLength(2);
  });
});

describe('a schedule', () => {
  const schedule = onlyResource(full, 'AWS::Scheduler::Schedule').Properties;

  it('sends its task with the time that it is meant for, in its time zone', () => {
    expect(schedule).toMatchObject({
      ScheduleExpression: 'cron(0 6 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
    const { Input } = schedule['Target'] as { Input: string };
    expect(JSON.parse(Input)).toEqual({
      source: 'quire.schedule',
      'detail-type': 'Quire Task',
      schedule: 'nightly',
      time: '<aws.scheduler.scheduled-time>',
      detail: { ...nightly.task, params: {}, options: {} },
    });
  });

  it('may run its function and put aside what it cannot deliver, and nothing else', () => {
    const rights = rightsOf(full, 'EventEntranceSchedule');
    expect(rights.map(({ action }) => action).sort()).toEqual([
      'lambda:InvokeFunction',
      'sqs:SendMessage',
    ]);
    expect(rights[0]?.resource).toMatch(/^Events\w+\.Arn$/);
    const { DeadLetterConfig } = schedule['Target'] as { DeadLetterConfig: { Arn: unknown } };
    expect(textOf(DeadLetterConfig.Arn)).toBe(rights[1]?.resource);
  });

  it.each([
    [{ ...nightly, name: 'Every Night' }, 'schedules'],
    [{ ...nightly, expression: 'at six' }, 'schedules'],
    [{ ...nightly, timezone: 'Middle/Earth' }, 'schedules'],
    [{ ...nightly, task: { workflow: 'summarize', inputs: [] } }, 'schedules'],
    [{ ...nightly, task: { ...nightly.task, inputs: [{ uploadId }] } }, 'uploads expire'],
    [{ ...nightly, task: { ...nightly.task, workflow: 'nothing' } }, 'nightly'],
  ])('is refused where it could not work: %j', (wrong, sentence) => {
    expect(() => synthesize({ schedules: [wrong] })).toThrow(sentence);
  });

  it('is refused twice under one name', () => {
    expect(() => synthesize({ schedules: JSON.stringify([nightly, nightly]) })).toThrow('once');
  });
});

describe('sources', () => {
  it.each(['aws.s3', 'quire', 'quire.schedule', 'a b', ''])('cannot be %s', (source) => {
    expect(() => synthesize({ eventSources: [source] })).toThrow('eventSources');
  });
});
