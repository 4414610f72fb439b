import { type Classify, messageIn } from '../internal/failures.ts';

/** What Cloudsway's gateway has no server for: a failure of the provider in the guise of a 400 (providers.md § 4.4). */
const noServer =
  /NO_BALANCER|NO_PROVIDER|NO_PASSAGEWAY|NO_ENDPOINT|PASSAGEWAY_GROUP_IS_EMPTY|MODEL_TYPE_NOT_FOUND/i;

/** A 400 at Cloudsway means one of three things; the words of its message tell which. */
export const classifyCloudsway: Classify = ({ status, body }) => {
  if (status !== 400) return undefined;
  const message = messageIn(body);
  if (/was filtered/i.test(message)) return 'model_refused';
  return noServer.test(message) ? 'model_unavailable' : undefined;
};
