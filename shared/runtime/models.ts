import { createCloudflareModel } from '#shared/adapters/models/cloudflare/model.ts';
import { createCloudswayModel } from '#shared/adapters/models/cloudsway/model.ts';
import { createEmpirioLabsModel } from '#shared/adapters/models/empiriolabs/model.ts';
import { createRunwareModel } from '#shared/adapters/models/runware/model.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { Secrets } from '#shared/ports/secrets.ts';
import { type ProviderSettings, routeOf } from './provider-settings.ts';

interface ModelPorts {
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** The models of this deployment, in the order of its settings. */
export function createModels(
  settings: readonly ProviderSettings[],
  ports: ModelPorts,
): LanguageModel[] {
  return settings.map((each) => createModelOf(each, ports));
}

/** Which adapter speaks to which provider. The simulator speaks the protocol of EmpirioLabs: nothing but URL and key differ. */
function createModelOf(settings: ProviderSettings, { secrets, clock }: ModelPorts): LanguageModel {
  const { profile, baseUrl, environment } = settings;
  const { name } = profile;
  const options = {
    profile,
    baseUrl,
    clock,
    credentials: (options?: { isFresh: boolean }) => secrets.credentials(name, options),
  };
  switch (name) {
    case 'cloudflare':
      return createCloudflareModel({ ...options, route: routeOf(name, environment) });
    case 'runware':
    case 'runware-highspeed':
      return createRunwareModel({ ...options, route: routeOf(name, environment) });
    case 'empiriolabs':
      return createEmpirioLabsModel({ ...options, route: routeOf(name, environment) });
    case 'cloudsway':
      return createCloudswayModel(options);
    case 'simulator':
      return createEmpirioLabsModel(options);
  }
}
