import { describe, expect, it } from '@jest/globals';
import { routes } from '../support/model-routes.ts';
import { askScripted } from '../support/models.ts';
import { answerJson } from '../support/scripted-server.ts';

describe('an error of Cloudsway', () => {
  it.each([
    { message: 'The response was filtered', code: 'model_refused' },
    { message: 'NO_BALANCER_ERROR', code: 'model_unavailable' },
    { message: 'no such field', code: 'model_bad_request' },
    { message: 'context window exceeds limit (2013)', code: 'model_context_exceeded' },
  ])('with status 400 and “$message” is $code, in whichever member it stands', async (row) => {
    for (const body of [{ error: { message: row.message } }, { msg: row.message }, row.message]) {
      const { reply } = await askScripted(routes.cloudsway, [answerJson(400, body)]);

      expect(reply).toMatchObject({ isAnswer: false, failure: { error: { code: row.code } } });
    }
  });
});
