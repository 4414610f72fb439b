import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** The keys of the API, one a line. The first is generated; callers send it with `qk_` in front. */
export class ApiKey extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Quire: keys of the API, one a line; the key is qk_ and the line',
      generateSecretString: { passwordLength: 43, excludePunctuation: true },
    });
  }
}
