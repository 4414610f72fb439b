import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { type MetricName, metricTable } from '#shared/domain/metrics.ts';
import { projectRoot } from '../../infra/bundling.ts';
import { textOf } from './support/policies.ts';
import { onlyResource, resourcesOf, sampleWorkflow, synthesize } from './support/synthesize.ts';

interface MetricStat {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly missing: string;
  readonly actions: readonly unknown[];
  readonly metrics: readonly MetricStat[];
}

const oneWorkflow = [sampleWorkflow('summarize')];
const standard = synthesize({}, oneWorkflow);
/** With every provider and somebody to tell. */
const full = synthesize(
  { providers: 'runware,empiriolabs,cloudflare', alarmEmail: 'ops@example.com' },
  oneWorkflow,
);

function alarmsOf(template: Template): readonly Alarm[] {
  return [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) => {
    const parts = (Properties['Metrics'] ?? []) as {
      MetricStat?: { Metric: MetricStat };
    }[];
    const single = Properties as unknown as MetricStat;
    return {
      name: String(Properties['AlarmName']).replace('quire-prod-', ''),
      description: String(Properties['AlarmDescription']),
      missing: String(Properties['TreatMissingData']),
      actions: [
        ...((Properties['AlarmActions'] ?? []) as unknown[]),
        ...((Properties['OKActions'] ?? []) as unknown[]),
      ],
      metrics:
        parts.length === 0
          ? [single]
          : parts.flatMap(({ MetricStat: stat }) => (stat === undefined ? [] : [stat.Metric])),
    };
  });
}

const pages = readdirSync(`${projectRoot}docs/runbooks`)
  .map((file) => file.replace(/\.md$/, ''))
  .filter((name) => name !== 'README');

describe('an alarm', () => {
  it('has a page of its own, and every page its alarm', () => {
    expect(
      alarmsOf(full)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...pages].sort());
    for (const { name, description } of alarmsOf(full)) {
      expect(description).toContain(`docs/runbooks/${name}.md`);
    }
  });

  it('stays quiet where there are no figures, since an idle deployment has none', () => {
    expect(new Set(alarmsOf(full).map(({ missing }) => missing))).toEqual(
      new Set(['notBreaching']),
    );
  });

  it('looks at metrics that are written, under the dimensions they are written with', () => {
    const own = alarmsOf(full)
      .flatMap(({ metrics }) => metrics)
      .filter(({ Namespace }) => Namespace === 'Quire');
    expect(own.length).toBeGreaterThan(5);
    for (const { MetricName: name, Dimensions = [] } of own) {
      expect(Object.keys(metricTable)).toContain(name);
      const wanted = [...metricTable[name as MetricName].dimensions, 'service'].sort();
      expect(Dimensions.map((dimension) => dimension.Name).sort()).toEqual(wanted);
      expect(Dimensions).toContainEqual({ Name: 'service', Value: 'quire-prod' });
    }
  });

  it('sends a mail when it goes off and when it is over, if there is an address', () => {
    const [topic] = resourcesOf(full, 'AWS::SNS::Topic').keys();
    for (const { actions } of alarmsOf(full)) {
      expect(actions.map(textOf)).toEqual([topic, topic]);
    }
    full.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
    expect(alarmsOf(standard).flatMap(({ actions }) => actions)).toEqual([]);
    standard.resourceCountIs('AWS::SNS::Topic', 0);
  });

  it('is told to nobody but over TLS', () => {
    full.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });
});

describe('the alarms together', () => {
  it('are 10 by default and cost what docs/operations.md says', () => {
    const alarms = alarmsOf(standard);
    const metrics = alarms.flatMap((alarm) => alarm.metrics).length;
    expect(alarms).toHaveLength(10);
    const page = readFileSync(`${projectRoot}docs/operations.md`, 'utf8');
    expect(page).toContain(`10 alarms over ${metrics} metrics: ${(metrics * 0.1).toFixed(2)} USD`);
  });

  it('leave the door for callbacks alone where no provider calls back', () => {
    expect(alarmsOf(standard).map(({ name }) => name)).not.toContain('webhook-refusals');
  });

  it('go off at five times the budget of a task, or at what is set', () => {
    const spend = (template: Template) =>
      [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].find(({ Properties }) =>
        String(Properties['AlarmName']).endsWith('spend-per-hour'),
      )?.Properties['Threshold'];
    expect(spend(standard)).toBe(10_000_000);
    expect(spend(synthesize({ alarmSpendPerHourUsd: 3 }, oneWorkflow))).toBe(3_000_000);
  });

  it('can be left out, and so can the dashboard', () => {
    const bare = synthesize({ alarms: 'off', dashboard: 'off' }, oneWorkflow);
    bare.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    bare.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  it('look at AWS alone where the functions write no metrics', () => {
    const silent = synthesize({ metrics: 'off' }, oneWorkflow);
    const metrics = alarmsOf(silent).flatMap((alarm) => alarm.metrics);
    expect(metrics.map(({ Namespace }) => Namespace)).not.toContain('Quire');
    silent.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('asks the model'),
      Environment: { Variables: Match.objectLike({ QUIRE_METRICS: 'off' }) },
    });
  });

  it('refuse an address that is none, with the name of the setting', () => {
    expect(() => synthesize({ alarmEmail: 'nobody' })).toThrow('alarmEmail');
  });
});

describe('the dashboard', () => {
  it('draws no more than the 50 metrics of a dashboard that is free', () => {
    const dashboard = onlyResource(standard, 'AWS::CloudWatch::Dashboard');
    const body = textOf(dashboard.Properties['DashboardBody']);
    const drawn = body.match(/\["(?:Quire|AWS\/[A-Za-z]+)"/g) ?? [];
    expect(drawn.length).toBeGreaterThan(25);
    expect(drawn.length).toBeLessThanOrEqual(50);
  });
});

describe('a trace', () => {
  it('goes through the API, every function and every machine', () => {
    standard.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    standard.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      TracingConfiguration: { Enabled: true },
    });
    standard.allResourcesProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
  });
});
