import { createEmpirioLabsModel } from '#shared/adapters/models/empiriolabs/model.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { Secrets } from '#shared/ports/secrets.ts';
import type { ProviderSettings } from './provider-settings.ts';

type CreateModel = (
  settings: ProviderSettings,
  ports: { readonly secrets: Secrets; readonly clock: Clock },
) => LanguageModel;

const createOpenAiCompatible: CreateModel = ({ profile, baseUrl }, { secrets, clock }) =>
  createEmpirioLabsModel({
    profile,
    baseUrl,
    clock,
    credentials: (options) => secrets.credentials(profile.name, options),
  });

/** Which adapter speaks to which provider. The simulator speaks the protocol of EmpirioLabs: nothing but URL and key differ. */
const createModelOf: Readonly<Record<ProviderName, CreateModel>> = {
  empiriolabs: createOpenAiCompatible,
  simulator: createOpenAiCompatible,
};

/** The models of this deployment, in the order of its settings. */
export function createModels(
  settings: readonly ProviderSettings[],
  ports: { readonly secrets: Secrets; readonly clock: Clock },
): LanguageModel[] {
  return settings.map((each) => createModelOf[each.profile.name](each, ports));
}
