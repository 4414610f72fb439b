import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type AlarmPlan, alarmPlans } from './alarm-plans.ts';
import { OperationsDashboard } from './operations-dashboard.ts';
import type { Watched } from './watched.ts';

export interface OperationsProps {
  readonly watched: Watched;
  readonly hasAlarms: boolean;
  readonly hasDashboard: boolean;
  /** Gets a mail for every alarm; without it alarms only show. */
  readonly alarmEmail?: string | undefined;
}

/** Dashboard and alarms. Nobody is asked to watch: what needs somebody goes off, and says which page to read. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { watched } = props;
    if (props.hasDashboard) new OperationsDashboard(this, 'Dashboard', watched);
    if (!props.hasAlarms) return;
    const alarms = alarmPlans(watched).map((plan) => this.createAlarm(plan));
    if (props.alarmEmail === undefined) return;
    const action = new SnsAction(this.createTopic(props.alarmEmail));
    for (const alarm of alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  private createAlarm({ name, meaning, metric, threshold, periods }: AlarmPlan): Alarm {
    return new Alarm(this, name, {
      alarmName: `${Stack.of(this).stackName}-${name}`,
      alarmDescription: `${meaning} What to do: docs/runbooks/${name}.md`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Where nothing happens there are no figures.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** AWS's own key for SNS does not let CloudWatch in: only the setting `kmsKey: customer`, which reaches every topic, encrypts it. */
  private createTopic(email: string): Topic {
    const topic = new Topic(this, 'Alarms', {
      displayName: `Quire alarms of ${Stack.of(this).stackName}`,
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
