import { beforeAll, describe, expect, it } from '@jest/globals';
import { type IdleCost, idleCostOf, unpricedResources } from '../../infra/idle-cost.ts';
import { type StackTemplate, synthesizeTemplate } from '../../infra/synthesize.ts';
import { settingVariants } from '../../infra/variants.ts';

const oneProvider = { providers: ['empiriolabs'] };
const stackOf = (Type: string, Properties = {}): StackTemplate => ({
  Resources: { Sample: { Type, Properties } },
});

describe('the price of the stack', () => {
  let defaults: StackTemplate;
  let everything: StackTemplate;
  let atRest: IdleCost;
  beforeAll(() => {
    defaults = synthesizeTemplate(oneProvider);
    everything = synthesizeTemplate(settingVariants);
    atRest = idleCostOf(defaults);
  });

  it('is by use, by the month or nothing for every resource, whatever the settings', () => {
    expect(unpricedResources(defaults)).toEqual([]);
    expect(unpricedResources(everything)).toEqual([]);
  });

  it('is under three dollars a month at rest with one provider, the dashboard aside, of which an account has three free', () => {
    expect(atRest.totalInUsd).toBeGreaterThan(0);
    const withoutDashboard = synthesizeTemplate({ ...oneProvider, dashboard: 'off' });
    expect(idleCostOf(withoutDashboard).totalInUsd).toBeLessThan(3);
  });

  it('rises by what the switches cost', () => {
    const switched = synthesizeTemplate({ ...oneProvider, kmsKey: 'customer', waf: 'on' });
    const difference = idleCostOf(switched).totalInUsd - atRest.totalInUsd;
    // A key, a web ACL and its two rules.
    expect(difference).toBeCloseTo(1 + 5 + 2);
  });
});

describe('a resource', () => {
  it.each([
    'AWS::EC2::NatGateway',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::Instance',
    'AWS::ECS::Service',
    'AWS::DAX::Cluster',
    'AWS::RDS::DBCluster',
    'AWS::Kinesis::Stream',
    'AWS::ElastiCache::ServerlessCache',
    'AWS::Lambda::Alias',
    'AWS::ApplicationAutoScaling::ScalableTarget',
    'Custom::Anything',
  ])('of type %s needs a decision first', (type) => {
    expect(unpricedResources(stackOf(type))).toEqual([`${type} Sample`]);
  });

  it.each([
    ['AWS::DynamoDB::Table', { ProvisionedThroughput: { ReadCapacityUnits: 5 } }],
    ['AWS::DynamoDB::Table', { BillingMode: 'PROVISIONED' }],
    ['AWS::Lambda::Function', { VpcConfig: { SubnetIds: ['subnet-1'] } }],
    ['AWS::Lambda::Function', { SnapStart: { ApplyOn: 'PublishedVersions' } }],
    ['AWS::ApiGateway::Stage', { CacheClusterEnabled: true }],
  ])('%s is refused where its properties are billed by the hour', (type, properties) => {
    expect(unpricedResources(stackOf(type, properties))).toHaveLength(1);
  });

  it.each([
    ['AWS::SecretsManager::Secret', {}, 0.4],
    ['AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: 'eu-west-1' }] }, 0.8],
    ['AWS::CloudWatch::Alarm', { MetricName: 'Errors' }, 0.1],
    [
      'AWS::CloudWatch::Alarm',
      {
        Metrics: [{ Id: 'a', MetricStat: {} }, { Id: 'b', MetricStat: {} }, { Expression: 'a/b' }],
      },
      0.2,
    ],
    ['AWS::CloudWatch::Dashboard', {}, 0],
    ['AWS::SQS::Queue', {}, 0],
  ])('%s %j costs %d USD a month', (type, properties, expected) => {
    expect(idleCostOf(stackOf(type, properties)).totalInUsd).toBeCloseTo(expected);
  });
});
