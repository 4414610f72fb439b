/** Where a process dies: at its n-th operation (from 0), before it is done or after. */
export interface CrashPoint {
  readonly at: number;
  readonly isBefore: boolean;
}

class CrashError extends Error {
  override readonly name = 'CrashError' as const;
}

/**
 * Wraps the ports of one process so that it dies at the given operation: that one and all that follow reject, whatever the code makes of
 * it; before and after, the world is as real as the ports are.
 */
export function createMortal(crash: CrashPoint): <Port extends object>(port: Port) => Port {
  let operations = 0;
  let isDead = false;
  const die = () => {
    isDead = true;
    throw new CrashError('The process has died.');
  };
  return (port) =>
    new Proxy(port, {
      get(target, name, receiver) {
        const operation = Reflect.get(target, name, receiver);
        if (typeof operation !== 'function') return operation;
        return async (...args: readonly unknown[]) => {
          const isNow = operations === crash.at;
          operations += 1;
          if (isDead || (isNow && crash.isBefore)) die();
          const result = await Reflect.apply(operation, target, args);
          if (isDead || isNow) die();
          return result;
        };
      },
    });
}
