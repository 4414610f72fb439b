import { createEmpirioLabsModel } from '#shared/adapters/models/empiriolabs/model.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { type Asked, type AskOptions, askScripted } from './models.ts';
import { delta, eventText, type Reaction, usageChunk } from './scripted-server.ts';

/** Asks the adapter one question on its first route, against a server that reacts as scripted. */
export function askEmpirioLabs(
  reactions: readonly Reaction[],
  options: AskOptions = {},
): Promise<Asked> {
  const model = { profile: providerProfiles.empiriolabs, create: createEmpirioLabsModel };
  return askScripted(model, reactions, options);
}

/** A whole answer: an empty role, thinking apart, characters of several bytes, usage at the end. */
export const whole = eventText([
  delta({ role: '', content: '' }),
  delta({ reasoning_content: 'Hm. ' }),
  delta({ content: '{"text":"Zürich — ' }),
  delta({ content: '名 🚂"}' }),
  delta({}, 'stop'),
  usageChunk(20, 9),
]);
