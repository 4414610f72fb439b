/**
 * Reviver for a definition, which makes of it what the local engine has to get to do as AWS does. AWS resolves `TimeoutSecondsPath`
 * against the input of the state, the engine against what the parameters make of it: the value is passed along with them, where no step
 * sees it.
 */
export function withEngineQuirks(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!('Parameters' in value) || !('TimeoutSecondsPath' in value)) return value;
  const { Parameters: parameters, TimeoutSecondsPath: path } = value;
  if (typeof parameters !== 'object' || parameters === null) return value;
  return {
    ...value,
    Parameters: { ...parameters, 'timeoutInSeconds.$': path },
    TimeoutSecondsPath: '$.timeoutInSeconds',
  };
}
