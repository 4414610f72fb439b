/** Answer to a step that waits for a task token. */
export type TokenAnswer =
  | { readonly isSuccess: true; readonly output: unknown }
  | { readonly isSuccess: false; readonly code: string };

/** Tokens of the steps that wait for an answer from outside (`.waitForTaskToken`). */
export interface TaskTokens {
  /** A new token; the state's parameters carry it to the step. */
  mint(): string;
  /** The open token that stands somewhere in a step's input. */
  findIn(input: unknown): string | undefined;
  /** Resolves with the answer's output; rejects with an error named by the answer's code. */
  wait(token: string, signal: AbortSignal): Promise<unknown>;
  /** `false` where the token is unknown or has been answered: nothing changes then (I11). */
  answer(token: string, answer: TokenAnswer): boolean;
}

export function createTaskTokens(newToken: () => string): TaskTokens {
  const open = new Map<string, PromiseWithResolvers<unknown> & { isAnswered: boolean }>();

  return {
    mint() {
      const token = newToken();
      const answered = { ...Promise.withResolvers<unknown>(), isAnswered: false };
      // A token whose step died before it waited must not bring the process down.
      answered.promise.catch(() => undefined);
      open.set(token, answered);
      return token;
    },
    findIn(input) {
      const text = JSON.stringify(input);
      return [...open.keys()].find((token) => text.includes(JSON.stringify(token)));
    },
    async wait(token, signal) {
      const stopped = Promise.withResolvers<never>();
      const stop = () => stopped.reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await Promise.race([open.get(token)?.promise, stopped.promise]);
      } finally {
        signal.removeEventListener('abort', stop);
        open.delete(token);
      }
    },
    answer(token, answer) {
      const answered = open.get(token);
      if (answered === undefined || answered.isAnswered) return false;
      // Kept until the step has taken it: the answer may come before the step waits.
      answered.isAnswered = true;
      if (answer.isSuccess) answered.resolve(answer.output);
      else answered.reject(namedError(answer.code));
      return true;
    },
  };
}

function namedError(code: string): Error {
  const error = new Error(
    JSON.stringify({ errorType: code, errorMessage: 'The answer was a failure.' }),
  );
  error.name = code;
  return error;
}
