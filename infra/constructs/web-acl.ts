import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface WebAclProps {
  /** ARN of the stage that it stands before. */
  readonly stageArn: string;
}

/** What one address may send in five minutes. */
const requestsPerAddress = 3_000;

/**
 * Rules of the common set that look into bodies. They only count here: a document about cross-site scripting is no attack, inline text is
 * larger than the 8 KB that the set allows, and a file by URL is an address by design.
 */
const rulesOnBodies = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
];

/** A web ACL before the API: 5 USD a month, 1 for each of its two rules, and 0.60 for a million requests. */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, { stageArn }: WebAclProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      description: 'Quire: common rules and a rate for each address',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('acl'),
      rules: [
        {
          name: 'rate',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress },
          },
          visibilityConfig: visibility('rate'),
        },
        {
          name: 'common',
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name: 'AWSManagedRulesCommonRuleSet',
              ruleActionOverrides: rulesOnBodies.map((name) => ({
                name,
                actionToUse: { count: {} },
              })),
            },
          },
          visibilityConfig: visibility('common'),
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: stageArn,
      webAclArn: acl.attrArn,
    });
  }
}

/** No samples: they would keep headers, and with them API keys, where everybody sees them who may look at the ACL. */
function visibility(metricName: string) {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
