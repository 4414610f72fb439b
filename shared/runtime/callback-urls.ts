import { environmentNames } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { CallLayerPorts } from '#shared/steps/calls/call-layer.ts';
import { signDelivery } from '#shared/steps/calls/delivery-token.ts';
import type { Environment } from './environment.ts';

/** Addresses under which Runware announces answers: `RUNWARE_WEBHOOK_BASE_URL` and a signed path. Without the variable there are none. */
export function callbackUrlsOf(
  environment: Environment,
  ports: { readonly readKey: () => Promise<Uint8Array>; readonly clock: Clock },
): CallLayerPorts['callbackUrlOf'] {
  const baseUrl = webhookBaseUrl(environment);
  if (baseUrl === undefined) return undefined;
  return async (attempt) => {
    const nowInMs = ports.clock.now();
    const token = signDelivery(await ports.readKey(), attempt, { nowInMs });
    return `${baseUrl}/v1/callbacks/runware/${token}`;
  };
}

/** Without a slash at the end. */
function webhookBaseUrl(environment: Environment): string | undefined {
  const name = environmentNames.webhookBaseUrl;
  const text = environment[name]?.trim() ?? '';
  if (text === '') return undefined;
  if (URL.canParse(text) && /^https?:/.test(text)) return text.replace(/\/+$/, '');
  throw new QuireError(
    'invalid_request',
    `Expected ${name} to be the URL under which this API is reached from outside; got another text.`,
  );
}
