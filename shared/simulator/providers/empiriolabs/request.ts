import type { IncomingHttpHeaders } from 'node:http';
import { type Failure, missingKey } from '../../core/failures.ts';
import { hasBearer } from '../../forms/chat/chat-request.ts';

export const empirioLabsModel = 'minimax-m2-7';
export const contextTokens = 200_000;
export const maxOutputTokens = 131_072;
export const defaultOutputTokens = 4_096;

/** What is wrong with a request whatever it asks: no key, or a model that there is not. */
export function gateFailure(headers: IncomingHttpHeaders): Failure | undefined {
  const hasKey = hasBearer(headers.authorization) || /\S/.test(String(headers['x-api-key'] ?? ''));
  return hasKey ? undefined : missingKey;
}

export function modelFailure(model: string): Failure | undefined {
  if (model === empirioLabsModel) return undefined;
  return {
    kind: 'unknown-model',
    status: 404,
    message: `The model does not exist; ${empirioLabsModel} does.`,
  };
}

/** The footer with its sources is part of the answer unless it is switched off. */
export function hasSources(body: {
  web_search_linkup?: boolean | undefined;
  disable_formatting?: boolean | undefined;
}): boolean {
  return body.web_search_linkup === true && body.disable_formatting !== true;
}
