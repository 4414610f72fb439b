import { QuireError } from '#shared/domain/errors.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';

/** The model for a call: the first of the deployment's that the task allows. */
export function chooseModel(models: readonly LanguageModel[], task: RunningTask): LanguageModel {
  const allowed = task.options.providers;
  const model = models.find(
    ({ profile }) => allowed === undefined || allowed.includes(profile.name),
  );
  if (model !== undefined) return model;
  const configured = models.map(({ profile }) => profile.name).join(', ') || 'none';
  throw new QuireError(
    'provider_not_configured',
    `Expected a configured provider among those the task allows; configured: ${configured}.`,
    { details: { taskId: task.taskId } },
  );
}
