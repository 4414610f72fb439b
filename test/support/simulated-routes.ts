import { randomUUID } from 'node:crypto';
import type { ServiceName } from '#shared/simulator/core/question.ts';
import type { Simulator } from '#shared/simulator/server.ts';

/** What a test asks on every route alike. */
export interface Asked {
  readonly user: string;
  readonly system?: string;
  readonly isStreaming?: boolean;
  readonly maxTokens?: number;
  /** Fields of the provider's own. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** What came back, as a plain client reads it: nothing repaired, nothing judged. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly raw: string;
  /** Pieces of the answer: one of a body, many of a stream. */
  readonly texts: readonly string[];
  readonly thinking: readonly string[];
  readonly finish: unknown;
  readonly usage: unknown;
  /** Whether the stream or the body says that it is over. */
  readonly isClosed: boolean;
}

export interface SimulatedRoute {
  readonly name: string;
  readonly provider: ServiceName;
  readonly path: string;
  body(asked: Asked): unknown;
  read(raw: string): Pick<Received, 'texts' | 'thinking' | 'finish' | 'usage' | 'isClosed'>;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of six protocols, read without judging
type Json = any;

const chatMessages = ({ user, system }: Asked) => [
  ...(system === undefined ? [] : [{ role: 'system', content: system }]),
  { role: 'user', content: user },
];

function chatBody(model: string) {
  return (asked: Asked) => ({
    model,
    messages: chatMessages(asked),
    max_tokens: asked.maxTokens ?? 2_000,
    ...(asked.isStreaming && { stream: true, stream_options: { include_usage: true } }),
    ...asked.extra,
  });
}

function runwareBody(model: string) {
  return (asked: Asked) => [
    {
      taskType: 'textInference',
      taskUUID: randomUUID(),
      model,
      messages: [{ role: 'user', content: asked.user }],
      includeCost: true,
      includeUsage: true,
      deliveryMethod: asked.isStreaming ? 'stream' : 'sync',
      settings: {
        ...(asked.system && { systemPrompt: asked.system }),
        maxTokens: asked.maxTokens ?? 2_000,
      },
      ...asked.extra,
    },
  ];
}

const account = '/cloudflare/client/v4/accounts/0123456789abcdef0123456789abcdef/ai';

/** Every route of every provider. */
export const simulatedRoutes: readonly SimulatedRoute[] = [
  chatRoute('cloudflare chat', 'cloudflare', `${account}/v1/chat/completions`, 'minimax/m2.7'),
  {
    ...chatRoute('cloudflare run', 'cloudflare', `${account}/run`, 'minimax/m2.7'),
    body: (asked) => {
      const { model, ...input } = chatBody('minimax/m2.7')(asked);
      return { model, input };
    },
  },
  runwareRoute('runware', 'minimax:m2.7@0'),
  runwareRoute('runware-highspeed', 'minimax:m2.7@highspeed'),
  chatRoute('plain chat', 'empiriolabs', '/v1/chat/completions', 'minimax-m2-7'),
  chatRoute('empiriolabs chat', 'empiriolabs', '/empiriolabs/v1/chat/completions', 'minimax-m2-7'),
  {
    name: 'empiriolabs responses',
    provider: 'empiriolabs',
    path: '/empiriolabs/v1/responses',
    body: ({ user, system, isStreaming, maxTokens, extra }) => ({
      model: 'minimax-m2-7',
      input: user,
      max_output_tokens: maxTokens ?? 2_000,
      ...(system && { instructions: system }),
      ...(isStreaming && { stream: true }),
      ...extra,
    }),
    read: readResponses,
  },
  {
    name: 'empiriolabs messages',
    provider: 'empiriolabs',
    path: '/empiriolabs/v1/messages',
    body: ({ user, system, isStreaming, maxTokens, extra }) => ({
      model: 'minimax-m2-7',
      messages: [{ role: 'user', content: user }],
      max_tokens: maxTokens ?? 2_000,
      ...(system && { system }),
      ...(isStreaming && { stream: true }),
      ...extra,
    }),
    read: readMessages,
  },
  {
    ...chatRoute(
      'cloudsway endpoint',
      'cloudsway',
      '/cloudsway/v1/ai/abcDEF/chat/completions',
      'MiniMax-M2.7',
    ),
    body: (asked) => ({ reasoning_split: true, ...chatBody('MiniMax-M2.7')(asked) }),
  },
  chatRoute(
    'cloudsway platform',
    'cloudsway',
    '/cloudsway/v1/chat/completions',
    'MaaS_Minimax_M2.7_20260318',
  ),
];

export function routeNamed(name: string): SimulatedRoute {
  const route = simulatedRoutes.find((each) => each.name === name);
  if (route === undefined) throw new Error(`There is no route ${name}`);
  return route;
}

/** Asks on a route and reads all that comes. */
export async function ask(
  simulator: Pick<Simulator, 'url'>,
  route: SimulatedRoute,
  asked: Asked,
): Promise<Received> {
  const response = await send(simulator, route.path, route.body(asked));
  const raw = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    raw,
    ...(response.ok ? route.read(raw) : unread),
  };
}

const unread = { texts: [], thinking: [], finish: undefined, usage: undefined, isClosed: false };

/** Sends a body as JSON with a key. */
export function send(
  { url }: Pick<Simulator, 'url'>,
  path: string,
  body: unknown,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function chatRoute(
  ...[name, provider, path, model]: [string, ServiceName, string, string]
): SimulatedRoute {
  return { name, provider, path, body: chatBody(model), read: readChat };
}

function runwareRoute(provider: 'runware' | 'runware-highspeed', model: string): SimulatedRoute {
  return {
    name: provider,
    provider,
    path: '/runware/v1',
    body: runwareBody(model),
    read: readRunware,
  };
}

/** The data of every frame, `[DONE]` and events' names left out; a body that is one piece is one of them. */
function framesOf(raw: string): Json[] {
  if (!/^(data|event|:)/.test(raw)) return [parse(raw)];
  return raw
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => parse(line.slice('data: '.length)));
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function unwrap(body: Json): Json {
  return body?.choices !== undefined || body?.result === undefined || body.result === null
    ? body
    : unwrap(body.result);
}

const present = (values: unknown[]) =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

function readChat(raw: string) {
  const frames = framesOf(raw).map(unwrap);
  const choices = frames.flatMap((frame) => frame?.choices ?? []);
  const parts = choices.map((choice) => choice.message ?? choice.delta);
  return {
    texts: present(parts.map((part) => part.content)),
    thinking: present(
      parts.map((part) => part.reasoning_content ?? part.reasoning_details?.[0]?.text),
    ),
    finish: choices.findLast((choice) => choice.finish_reason)?.finish_reason,
    usage: frames.findLast((frame) => frame?.usage)?.usage,
    isClosed: raw.endsWith('data: [DONE]\n\n') || raw.endsWith('}'),
  };
}

function readRunware(raw: string) {
  const frames = framesOf(raw).flatMap((frame) => frame?.data ?? [frame]);
  const parts = frames.map((frame) => frame.delta ?? frame);
  const last = frames.findLast((frame) => frame.finishReason);
  return {
    texts: present(parts.map((part) => part.text)),
    thinking: present(parts.map((part) => [part.reasoningContent].flat()[0])),
    finish: last?.finishReason,
    usage: frames.findLast((frame) => frame.usage)?.usage,
    isClosed: raw.endsWith('data: [DONE]\n\n') || raw.endsWith('}'),
  };
}

function readResponses(raw: string) {
  const frames = framesOf(raw);
  const whole = frames.findLast((frame) => frame.response)?.response ?? frames[0];
  const isStream = raw.startsWith('event:');
  const items: Json[] = whole?.output ?? [];
  const deltasOf = (type: string) =>
    present(frames.filter((frame) => frame.type === type).map((frame) => frame.delta));
  const textsOf = (type: string) =>
    present(items.filter((item) => item.type === type).map((item) => item.content?.[0]?.text));
  return {
    texts: isStream ? deltasOf('response.output_text.delta') : textsOf('message'),
    thinking: isStream ? deltasOf('response.reasoning_text.delta') : textsOf('reasoning'),
    finish: whole?.incomplete_details?.reason ?? whole?.status,
    usage: whole?.usage ?? undefined,
    isClosed: whole?.status !== 'in_progress',
  };
}

function readMessages(raw: string) {
  const frames = framesOf(raw);
  const body = frames[0];
  const isStream = raw.startsWith('event:');
  const blocks: Json[] = isStream
    ? frames.flatMap((frame) => frame.delta ?? [])
    : (body?.content ?? []);
  const ending = isStream ? frames.find((frame) => frame.type === 'message_delta') : undefined;
  return {
    texts: present(blocks.map((block) => block.text)),
    thinking: present(blocks.map((block) => block.thinking)),
    finish: isStream ? ending?.delta.stop_reason : body?.stop_reason,
    usage: isStream ? ending?.usage : body?.usage,
    isClosed: isStream ? frames.at(-1)?.type === 'message_stop' : true,
  };
}
