import type { Handler } from '../../core/context.ts';
import { sendJson } from '../../send-json.ts';

/** Repeats the path, as the real one does: what stands by mistake in the place of the account comes back. */
export const cloudflareNotFound: Handler = ({ request, response }) => {
  const path = (request.url ?? '').replace(/^\/cloudflare/, '').split('?')[0];
  const message = `Could not route to ${path}, perhaps your object identifier is invalid?`;
  const errors = [{ code: 7003, message }];
  sendJson(response, 404, { result: null, success: false, errors, messages: [] });
};

export const cloudflareMethodNotAllowed: Handler = ({ response }) => {
  const errors = [{ code: 7001, message: 'Method GET not available for that URI.' }];
  sendJson(response, 405, { result: null, success: false, errors, messages: [] });
};
