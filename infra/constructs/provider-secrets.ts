import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { unsetSecret } from '#shared/domain/environment.ts';
import { type ProviderName, providerProfiles } from '#shared/domain/providers.ts';

export interface ProviderSecretsProps {
  readonly providers: readonly ProviderName[];
}

/** One secret for each enabled provider. It is created empty; the key is stored after the deployment and survives the stack. */
export class ProviderSecrets extends Construct {
  readonly secrets: ReadonlyMap<ProviderName, Secret>;

  constructor(scope: Construct, id: string, props: ProviderSecretsProps) {
    super(scope, id);
    this.secrets = new Map(
      props.providers.map((provider) => [
        provider,
        new Secret(this, provider, {
          description: `Quire: API key of ${providerProfiles[provider].title}`,
          // Not a secret: it says that none has been stored yet.
          secretStringValue: SecretValue.unsafePlainText(unsetSecret),
          removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        }),
      ]),
    );
  }
}
