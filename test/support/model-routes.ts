import { createCloudflareModel } from '#shared/adapters/models/cloudflare/model.ts';
import { createCloudswayModel } from '#shared/adapters/models/cloudsway/model.ts';
import { createEmpirioLabsModel } from '#shared/adapters/models/empiriolabs/model.ts';
import { createRunwareModel } from '#shared/adapters/models/runware/model.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { type AskOptions, askScripted, type ModelUnderTest } from './models.ts';
import { answerJson, type ReceivedRequest } from './scripted-server.ts';

const { cloudflare, runware, empiriolabs, cloudsway } = providerProfiles;
const highspeed = providerProfiles['runware-highspeed'];

/** What Cloudflare's URL and header name. */
export const account = { accountId: 'acc/1', gatewayId: 'office' };

/** Every route of every provider. */
export const routes = {
  cloudflareChat: { profile: cloudflare, create: createCloudflareModel },
  cloudflareRun: {
    profile: cloudflare,
    create: (options) => createCloudflareModel({ ...options, route: 'run' }),
  },
  runwareStream: { profile: runware, create: createRunwareModel },
  runwareSync: {
    profile: runware,
    create: (options) => createRunwareModel({ ...options, route: 'sync' }),
  },
  runwareAsync: {
    profile: runware,
    create: (options) => createRunwareModel({ ...options, route: 'async' }),
  },
  highspeed: { profile: highspeed, create: createRunwareModel },
  empirioLabsChat: { profile: empiriolabs, create: createEmpirioLabsModel },
  empirioLabsResponses: {
    profile: empiriolabs,
    create: (options) => createEmpirioLabsModel({ ...options, route: 'responses' }),
  },
  empirioLabsMessages: {
    profile: empiriolabs,
    create: (options) => createEmpirioLabsModel({ ...options, route: 'messages' }),
  },
  cloudsway: { profile: cloudsway, create: createCloudswayModel },
} satisfies Record<string, ModelUnderTest>;

/** The request that arrives. What is answered does not matter here. */
export async function requestOf(
  model: ModelUnderTest,
  options: AskOptions = {},
): Promise<ReceivedRequest> {
  const { server } = await askScripted(model, [answerJson(400, {})], options);
  const [request] = server.requests;
  if (request === undefined || server.requests.length > 1) throw new Error('Expected one request.');
  return request;
}
