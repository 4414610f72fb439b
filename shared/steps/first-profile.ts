import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { Task } from '#shared/domain/task.ts';

/** The provider that a task tries first, of those given in the order of the deployment; `undefined` where it names one that is not there. */
export function firstProfile(
  profiles: readonly ProviderProfile[],
  { options }: Pick<Task, 'options'>,
): ProviderProfile | undefined {
  const [wanted] = options.providers ?? [];
  return wanted === undefined ? profiles[0] : profiles.find(({ name }) => name === wanted);
}
