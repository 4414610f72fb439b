import { setImmediate } from 'node:timers/promises';

export interface ObservedPorts<Ports extends object> {
  readonly ports: Ports;
  /** Waits until nobody is waiting for an answer of a port any more. */
  settle(): Promise<void>;
}

const quietTurns = 5;

/** The same ports, with a count of what is under way: work that was started and left alone is waited for. */
export function observePorts<Ports extends object>(ports: Ports): ObservedPorts<Ports> {
  let underWay = 0;
  const count = async (promise: Promise<unknown>) => {
    underWay += 1;
    return await promise.finally(() => {
      underWay -= 1;
    });
  };
  const observe = (port: unknown) => {
    if (typeof port !== 'object' || port === null || Array.isArray(port)) return port;
    return new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const output: unknown = Reflect.apply(member, target, args);
          return output instanceof Promise ? count(output) : output;
        };
      },
    });
  };
  const observed = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, observe(port)]),
  );
  return {
    ports: { ...ports, ...observed },
    async settle() {
      for (let quiet = 0; quiet < quietTurns; quiet += 1) {
        await setImmediate();
        if (underWay > 0) quiet = -1;
      }
    },
  };
}
