import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** What the secrets of all tenants for completion webhooks are made of; it is generated, and nobody needs to see it. */
export class CallbackSecret extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Quire: what the signatures of completion webhooks are made of',
      generateSecretString: { passwordLength: 43, excludePunctuation: true },
    });
  }
}
