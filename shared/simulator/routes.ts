import type { Handler, SimulatorContext } from './core/context.ts';
import { createQuestionHandler, type QuestionReader } from './core/question-handler.ts';
import { createCloudflareChat, createCloudflareRun } from './providers/cloudflare/chat.ts';
import type { CloudflareEnvelope } from './providers/cloudflare/envelope.ts';
import {
  cloudflareMethodNotAllowed,
  cloudflareNotFound,
} from './providers/cloudflare/not-found.ts';
import { readCloudswayChat } from './providers/cloudsway/chat.ts';
import { readEmpirioLabsChat } from './providers/empiriolabs/chat.ts';
import { readEmpirioLabsMessages } from './providers/empiriolabs/messages.ts';
import { listModels, showModel } from './providers/empiriolabs/models.ts';
import { readEmpirioLabsResponses } from './providers/empiriolabs/responses.ts';
import { createRunwareHandler } from './providers/runware/handler.ts';

/** A path of a provider, with names for its variable parts. */
export interface Route {
  /** Method and path, for example `POST /cloudsway/v1/ai/{endpointPath}/chat/completions`; no method means any. */
  readonly name: string;
  readonly handler: Handler;
}

export interface ProviderRoutes {
  readonly routes: readonly Route[];
  reset(): void;
}

/** Every path on which a provider answers, under the one address of the server. */
export function createProviderRoutes(
  context: SimulatorContext,
  { envelope }: { envelope: CloudflareEnvelope | undefined },
): ProviderRoutes {
  const runware = createRunwareHandler(context);
  const cloudsway = createQuestionHandler(context, 'cloudsway', readCloudswayChat);
  return {
    routes: [
      ...empirioLabsRoutes(context, '/v1'),
      ...empirioLabsRoutes(context, '/empiriolabs/v1'),
      ...cloudflareRoutes(context, envelope),
      { name: 'POST /runware/v1', handler: runware.handle },
      { name: 'POST /cloudsway/v1/ai/{endpointPath}/chat/completions', handler: cloudsway },
      { name: 'POST /cloudsway/v1/chat/completions', handler: cloudsway },
    ],
    reset: () => runware.reset(),
  };
}

function empirioLabsRoutes(context: SimulatorContext, base: string): Route[] {
  const questions = (read: QuestionReader) => createQuestionHandler(context, 'empiriolabs', read);
  return [
    { name: `POST ${base}/chat/completions`, handler: questions(readEmpirioLabsChat) },
    { name: `POST ${base}/responses`, handler: questions(readEmpirioLabsResponses) },
    { name: `POST ${base}/messages`, handler: questions(readEmpirioLabsMessages) },
    { name: `GET ${base}/models`, handler: listModels },
    { name: `GET ${base}/models/{model}`, handler: showModel },
  ];
}

function cloudflareRoutes(
  context: SimulatorContext,
  envelope: CloudflareEnvelope | undefined,
): Route[] {
  const account = '/cloudflare/client/v4/accounts/{account}/ai';
  const chat = createCloudflareChat(envelope ?? 'flat');
  const run = createCloudflareRun(envelope ?? 'state');
  return [
    {
      name: `POST ${account}/v1/chat/completions`,
      handler: createQuestionHandler(context, 'cloudflare', chat),
    },
    { name: `POST ${account}/run`, handler: createQuestionHandler(context, 'cloudflare', run) },
    { name: `GET ${account}/v1/chat/completions`, handler: cloudflareMethodNotAllowed },
    { name: `GET ${account}/run`, handler: cloudflareMethodNotAllowed },
    { name: '/cloudflare/{*}', handler: cloudflareNotFound },
  ];
}
