import type { Handler } from '../../core/context.ts';
import { sendJson } from '../../send-json.ts';
import { empirioLabsFailure } from './errors.ts';
import { empirioLabsModel, modelFailure } from './request.ts';

const model = { id: empirioLabsModel, object: 'model', owned_by: 'simulator' };

/** `GET /v1/models`. */
export const listModels: Handler = ({ response }) =>
  sendJson(response, 200, { object: 'list', data: [model] });

/** `GET /v1/models/{id}`. */
export const showModel: Handler = ({ response, params }) => {
  const failure = modelFailure(params['model'] ?? '');
  if (failure === undefined) return sendJson(response, 200, model);
  const { status, body } = empirioLabsFailure(failure);
  sendJson(response, status, body);
};
