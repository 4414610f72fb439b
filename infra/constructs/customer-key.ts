import { Aspects, type IAspect, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { WorkflowMachine } from './workflow-machine.ts';

/** Services through which whoever may read or write the data may use the key, as with AWS's own keys. */
const viaServices = ['s3', 'dynamodb', 'secretsmanager', 'sqs', 'sns', 'states'];

/** Services that write to encrypted queues and topics on their own behalf. */
const senders = ['events', 'cloudwatch', 'sns', 's3', 'scheduler'];

const useOfData = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** How long Step Functions and SQS keep a data key: each new one is a request to KMS that is paid. */
const dataKeyReuseInSeconds = 900;

/** A key of the account, renewed every year, for all that the stack stores. It outlives the stack, as the bucket and the table do. */
export class CustomerKey extends Key {
  constructor(scope: Stack, id: string) {
    super(scope, id, {
      description: `Quire: everything that ${scope.stackName} stores`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.allowThroughServices(scope);
    this.allowSenders(scope);
    this.allowLogs(scope);
    // Everything, also what is added to the stack after this line.
    Aspects.of(scope).add(encryptWith(this));
  }

  /** The right on the object is the right on its key: nobody in the account can use it but through one of these services. */
  private allowThroughServices({ account, region }: Stack): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughServices',
        principals: [new AnyPrincipal()],
        actions: [
          ...useOfData,
          'kms:Encrypt',
          'kms:ReEncrypt*',
          'kms:DescribeKey',
          'kms:CreateGrant',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': account,
            'kms:ViaService': viaServices.map((name) => `${name}.${region}.amazonaws.com`),
          },
        },
      }),
    );
  }

  private allowSenders({ account }: Stack): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Senders',
        principals: senders.map((name) => new ServicePrincipal(`${name}.amazonaws.com`)),
        actions: useOfData,
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  private allowLogs(stack: Stack): void {
    const groups = stack.formatArn({ service: 'logs', resource: '*' });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Logs',
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: [...useOfData, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
      }),
    );
  }
}

function encryptWith(key: Key): IAspect {
  return {
    visit(node) {
      // The role of a machine opens the executions' data itself, through no other service.
      if (node instanceof WorkflowMachine) {
        node.addToRolePolicy(new PolicyStatement({ actions: useOfData, resources: [key.keyArn] }));
      }
      encryptStore(node, key.keyArn);
      encryptFlow(node, key.keyArn);
    },
  };
}

function encryptStore(node: IConstruct, keyArn: string): void {
  if (node instanceof CfnBucket) {
    const byDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn };
    node.bucketEncryption = {
      // One data key for many objects instead of a paid request for each.
      serverSideEncryptionConfiguration: [
        { serverSideEncryptionByDefault: byDefault, bucketKeyEnabled: true },
      ],
    };
  }
  if (node instanceof CfnTable) {
    node.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: keyArn };
  }
  if (node instanceof CfnSecret) node.kmsKeyId = keyArn;
  if (node instanceof CfnLogGroup) node.kmsKeyId = keyArn;
}

function encryptFlow(node: IConstruct, keyArn: string): void {
  if (node instanceof CfnQueue) {
    node.sqsManagedSseEnabled = undefined;
    node.kmsMasterKeyId = keyArn;
    node.kmsDataKeyReusePeriodSeconds = dataKeyReuseInSeconds;
  }
  if (node instanceof CfnTopic) node.kmsMasterKeyId = keyArn;
  if (node instanceof CfnStateMachine) {
    node.encryptionConfiguration = {
      type: 'CUSTOMER_MANAGED_KMS_KEY',
      kmsKeyId: keyArn,
      kmsDataKeyReusePeriodSeconds: dataKeyReuseInSeconds,
    };
  }
}
