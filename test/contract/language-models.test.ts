import type { ModelOptions } from '#shared/adapters/models/internal/exchange.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import { routes } from '../support/model-routes.ts';
import { describeLanguageModel, type ModelSetup } from './language-model.ts';

type Provider = Exclude<ProviderName, 'simulator'>;

interface Route {
  readonly profile: ModelOptions['profile'];
  readonly create: (options: ModelOptions) => LanguageModel;
}

/** A route at the simulator's URL of its provider. */
function atSimulator({ profile, create }: Route, others: { endpointPath?: string } = {}) {
  return ({ simulator, clock, credentials }: ModelSetup) =>
    create({
      profile,
      baseUrl: simulator.baseUrls[profile.name as Provider],
      clock,
      credentials: async (options) => ({ ...(await credentials(options)), ...others }),
    });
}

const models = {
  'cloudflare, chat': atSimulator(routes.cloudflareChat),
  'cloudflare, run': atSimulator(routes.cloudflareRun),
  'empiriolabs, chat': atSimulator(routes.empirioLabsChat),
  'empiriolabs, responses': atSimulator(routes.empirioLabsResponses),
  'empiriolabs, messages': atSimulator(routes.empirioLabsMessages),
  'cloudsway with an endpoint': atSimulator(routes.cloudsway, { endpointPath: 'abcDEF' }),
  'cloudsway without an endpoint': atSimulator(routes.cloudsway),
};
for (const [name, createModel] of Object.entries(models)) {
  describeLanguageModel(name, { createModel, isRecovering: false });
}

const recoveringModels = {
  'runware, stream': atSimulator(routes.runwareStream),
  'runware, sync': atSimulator(routes.runwareSync),
  'runware, async': atSimulator(routes.runwareAsync),
  'runware-highspeed': atSimulator(routes.highspeed),
};
for (const [name, createModel] of Object.entries(recoveringModels)) {
  describeLanguageModel(name, { createModel, isRecovering: true });
}
