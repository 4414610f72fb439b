import { Aspects, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CustomerKey } from './constructs/customer-key.ts';
import { WebAcl } from './constructs/web-acl.ts';
import type { Settings } from './settings.ts';

/** What the settings say about the stack as a whole. It holds for every resource, whoever adds it and when. */
export function harden(stack: Stack, settings: Settings, api: { readonly stageArn: string }): void {
  Aspects.of(stack).add({
    visit(node) {
      if (node instanceof CfnLogGroup) node.retentionInDays = settings.logRetentionDays;
      if (node instanceof CfnTable && settings.tableDeletionProtection === 'on') {
        node.deletionProtectionEnabled = true;
      }
    },
  });
  if (settings.permissionsBoundary !== undefined) {
    const { permissionsBoundary: arn } = settings;
    PermissionsBoundary.of(stack).apply(
      ManagedPolicy.fromManagedPolicyArn(stack, 'PermissionsBoundary', arn),
    );
  }
  if (settings.kmsKey === 'customer') new CustomerKey(stack, 'CustomerKey');
  if (settings.waf === 'on') new WebAcl(stack, 'WebAcl', { stageArn: api.stageArn });
}
