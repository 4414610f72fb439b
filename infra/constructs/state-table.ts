import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { stateTable } from '#shared/domain/table.ts';

/** Tasks, calls, the usage ledger and the gates of the providers: one table, paid by the request. */
export class StateTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text(stateTable.partitionKey),
      sortKey: text(stateTable.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: stateTable.timeToLive,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    for (const [indexName, { partitionKey, sortKey, projected }] of Object.entries(
      stateTable.indexes,
    )) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        ...projectionOf(projected),
      });
    }
  }

  /** ARNs of the indexes, each named: a right on one is no right on those that may come. */
  get indexArns(): readonly string[] {
    return Object.keys(stateTable.indexes).map((name) => `${this.tableArn}/index/${name}`);
  }
}

function projectionOf(projected: readonly string[]) {
  return projected.length === 0
    ? { projectionType: ProjectionType.KEYS_ONLY }
    : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projected] };
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}
