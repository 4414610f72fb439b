import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** Tasks, calls, the usage ledger and the gates of the providers: one table, paid by the request. */
export class StateTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    for (const [indexName, key] of Object.entries(indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(`${key}pk`),
        sortKey: text(`${key}sk`),
        projectionType: ProjectionType.ALL,
      });
    }
  }

  /** ARNs of the indexes, each named: a right on one is no right on those that may come. */
  get indexArns(): readonly string[] {
    return Object.keys(indexes).map((name) => `${this.tableArn}/index/${name}`);
  }
}

const indexes = { byTenant: 'gsi1', unended: 'gsi2' };

function text(name: string) {
  return { name, type: AttributeType.STRING };
}
