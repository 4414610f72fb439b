import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { unsetSecret } from '#shared/domain/environment.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { ProviderName } from '#shared/domain/providers.ts';

export interface ProviderSecretsProps {
  readonly providers: readonly ProviderName[];
}

/** Whose account it is: Runware's two models have one key. */
function accountOf(provider: ProviderName): ProviderName {
  return provider === 'runware-highspeed' ? 'runware' : provider;
}

/** One secret for the account of each enabled provider. It is created empty; the key is stored after the deployment and survives the stack. */
export class ProviderSecrets extends Construct {
  readonly secrets: ReadonlyMap<ProviderName, Secret>;

  constructor(scope: Construct, id: string, props: ProviderSecretsProps) {
    super(scope, id);
    const accounts = new Map<ProviderName, Secret>();
    for (const account of new Set(props.providers.map(accountOf))) {
      accounts.set(account, this.createSecret(account));
    }
    this.secrets = new Map(
      props.providers.flatMap((provider) => {
        const secret = accounts.get(accountOf(provider));
        return secret === undefined ? [] : [[provider, secret] as const];
      }),
    );
  }

  private createSecret(account: ProviderName): Secret {
    return new Secret(this, account, {
      description: `Quire: API key of ${providerProfiles[account].title}`,
      // Not a secret: it says that none has been stored yet.
      secretStringValue: SecretValue.unsafePlainText(unsetSecret),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
