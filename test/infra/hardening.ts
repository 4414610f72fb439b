import { describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import type { Settings } from '../../infra/settings.ts';
import { settingVariants, switches } from '../../infra/variants.ts';
import { rightsOf, textOf } from './support/policies.ts';
import { onlyResource, resourcesOf, synthesize, synthesizeChecked } from './support/synthesize.ts';

// A checked synthesis throws at every finding of cdk-nag, AwsSolutions and Serverless, that has no reason. It takes seconds: once for each switch.
const plain = synthesizeChecked();
const switched = new Map<keyof Settings, Template>();

function withSwitch(name: keyof Settings): Template {
  const template = switched.get(name) ?? synthesizeChecked({ [name]: settingVariants[name] });
  switched.set(name, template);
  return template;
}

function propertiesOf(template: Template, type: string) {
  return [...resourcesOf(template, type).values()].map(({ Properties }) => Properties);
}

describe('every setting', () => {
  it('passes cdk-nag with another value than its default, alone where it adds resources and all together', () => {
    for (const name of switches) withSwitch(name);
    synthesizeChecked(settingVariants);
  });

  it('is known: a misspelt one stops the synthesis', () => {
    expect(() => synthesize({ retentiondays: 3 })).toThrow('got retentiondays');
  });

  it('leaves the context of the CDK alone', () => {
    expect(() => synthesize({ '@aws-cdk/core:newStyleStackSynthesis': true })).not.toThrow();
  });

  it.each([
    ['vpc', 'vpc-0123'],
    ['permissionsBoundary', 'boundary'],
    ['logRetentionDays', 31],
    ['kmsKey', 'mine'],
    ['waf', 'yes'],
    ['readerConcurrency', 0],
  ])('is refused with its name: %s = %s', (name, value) => {
    expect(() => synthesize({ [name]: value })).toThrow(name);
  });
});

describe('a customer-managed key', () => {
  const template = withSwitch('kmsKey');
  const [keyId] = resourcesOf(template, 'AWS::KMS::Key').keys();
  const keyArn = { 'Fn::GetAtt': [keyId, 'Arn'] };

  it('is absent unless asked for', () => {
    plain.resourceCountIs('AWS::KMS::Key', 0);
  });

  it('is renewed each year and outlives the stack, as what it encrypts does', () => {
    template.hasResource('AWS::KMS::Key', {
      Properties: Match.objectLike({ EnableKeyRotation: true }),
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  it('encrypts files, records, secrets, logs, queues and executions', () => {
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
          },
        ],
      },
    });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    template.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: keyArn });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
    template.allResourcesProperties('AWS::SQS::Queue', {
      KmsMasterKeyId: keyArn,
      SqsManagedSseEnabled: Match.absent(),
    });
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      EncryptionConfiguration: Match.objectLike({
        Type: 'CUSTOMER_MANAGED_KMS_KEY',
        KmsKeyId: keyArn,
      }),
    });
  });

  it('serves whoever may use the data through its service, and nobody of another account', () => {
    const { KeyPolicy } = onlyResource(template, 'AWS::KMS::Key').Properties as {
      KeyPolicy: { Statement: readonly Record<string, never>[] };
    };
    const open = KeyPolicy.Statement.filter(({ Principal }) => textOf(Principal).includes('*'));
    expect(open).toHaveLength(1);
    expect(open[0]?.['Condition']).toMatchObject({
      StringEquals: {
        'kms:CallerAccount': { Ref: 'AWS::AccountId' },
        'kms:ViaService': expect.arrayContaining([
          { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
        ]),
      },
    });
    const senders = KeyPolicy.Statement.filter(({ Sid }) => Sid === 'Senders');
    expect(senders[0]?.['Condition']).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    });
  });

  it('is opened directly by the machines alone', () => {
    for (const id of ['Workflowsummarize', 'Workflowsortmail']) {
      const direct = rightsOf(template, id).filter(({ action }) => action.startsWith('kms:'));
      expect(direct.map(({ action }) => action).sort()).toEqual([
        'kms:Decrypt',
        'kms:GenerateDataKey',
      ]);
    }
    for (const id of ['Api', 'Inbox', 'Authorizer', 'Stepreaddocument']) {
      expect(rightsOf(template, id).filter(({ action }) => /^kms:/.test(action))).toEqual([]);
    }
  });
});

describe('a web ACL', () => {
  const template = withSwitch('waf');

  it('is absent unless asked for, since it costs a fixed sum', () => {
    plain.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  it('stands before the stage with the common rules and a rate for each address', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      WebACLArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WebAcl'), 'Arn'] },
      ResourceArn: {
        'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('DeploymentStage') }])],
      },
    });
    const acl = onlyResource(template, 'AWS::WAFv2::WebACL').Properties;
    expect(acl['Scope']).toBe('REGIONAL');
    expect(JSON.stringify(acl['Rules'])).toMatch(
      /RateBasedStatement.*AWSManagedRulesCommonRuleSet/,
    );
  });

  it('lets documents pass that look like attacks or are longer than 8 KB', () => {
    const text = JSON.stringify(onlyResource(template, 'AWS::WAFv2::WebACL').Properties);
    for (const rule of ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY']) {
      expect(text).toContain(`{"ActionToUse":{"Count":{}},"Name":"${rule}"}`);
    }
  });

  it('keeps no samples of requests, which hold API keys', () => {
    const text = JSON.stringify(onlyResource(template, 'AWS::WAFv2::WebACL').Properties);
    expect(text).not.toContain('"SampledRequestsEnabled":true');
    expect(text).toContain('"SampledRequestsEnabled":false');
  });
});

describe('other settings', () => {
  const template = synthesize({
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    logRetentionDays: 7,
    tableDeletionProtection: 'on',
    readerConcurrency: 4,
  });

  it('bound every role', () => {
    const roles = propertiesOf(template, 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(10);
    for (const { PermissionsBoundary } of roles) {
      expect(PermissionsBoundary).toBe('arn:aws:iam::123456789012:policy/boundary');
    }
  });

  it('keep every log as long as asked', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });

  it('keep the table from being deleted only where asked, since a failed first deployment deletes it', () => {
    template.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
    plain.allResourcesProperties('AWS::DynamoDB::Table', {
      DeletionProtectionEnabled: Match.absent(),
    });
  });

  it('limit how many files are parsed at once, and no other function', () => {
    const limited = propertiesOf(template, 'AWS::Lambda::Function').filter(
      ({ ReservedConcurrentExecutions }) => ReservedConcurrentExecutions !== undefined,
    );
    expect(limited.map(({ Description }) => Description)).toEqual(['parses one input']);
    plain.allResourcesProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: Match.absent(),
    });
  });
});
