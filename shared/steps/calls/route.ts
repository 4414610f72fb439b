import { type ErrorCode, errorEntry, type Problem, QuireError } from '#shared/domain/errors.ts';
import { type QuestionNeeds, unservedReason } from '#shared/domain/providers.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { CircuitBreaker, CircuitKey } from '#shared/ports/circuit.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';

/** Where a question goes next. */
export type Route =
  | {
      readonly kind: 'model';
      readonly model: LanguageModel;
      readonly circuitKey: CircuitKey;
      readonly isProbe: boolean;
    }
  /** Every provider that could serve it is unwell; one may be well again at the time. */
  | { readonly kind: 'wait'; readonly untilInMs: number }
  /** Those that could serve it have been tried as often as they may be. */
  | { readonly kind: 'exhausted'; readonly problem: Problem }
  /** No provider is left that could serve it. */
  | { readonly kind: 'none'; readonly problem: Problem };

/** Finds a provider for one call, try by try. */
export interface Router {
  next(needs: QuestionNeeds): Promise<Route>;
  /** The provider is not asked again for this call, for the reason given. */
  exclude(model: LanguageModel, problem: Problem): void;
  /** The provider is not asked again for this call before all others were. */
  setAside(model: LanguageModel, problem: Problem): void;
  /** Takes back those that were set aside. */
  restore(): void;
  /** Whether another provider is left than this one. */
  hasAlternative(model: LanguageModel): boolean;
}

/**
 * The models for a task in order: as the task names them, otherwise as the deployment does. Only those of the first one's family: another
 * model would give other answers.
 */
export function candidateModels(
  models: readonly LanguageModel[],
  task: Pick<RunningTask, 'taskId' | 'options'>,
): readonly [LanguageModel, ...LanguageModel[]] {
  const wanted = task.options.providers;
  const allowed =
    wanted === undefined
      ? models
      : wanted.flatMap((name) => models.filter(({ profile }) => profile.name === name));
  const [first, ...others] = allowed;
  if (first === undefined) {
    const configured = models.map(({ profile }) => profile.name).join(', ') || 'none';
    throw new QuireError(
      'provider_not_configured',
      `Expected a configured provider among those the task allows; configured: ${configured}.`,
      { details: { taskId: task.taskId } },
    );
  }
  const family = first.profile.modelFamily;
  return [first, ...others.filter(({ profile }) => profile.modelFamily === family)];
}

export function createRouter(
  ports: { readonly circuit: CircuitBreaker; readonly clock: Clock },
  candidates: readonly LanguageModel[],
): Router {
  const excluded = new Set<LanguageModel>();
  const aside = new Set<LanguageModel>();
  let problem: Problem = noProvider;
  const exclude = (model: LanguageModel, reason: Problem) => {
    excluded.add(model);
    problem = reason;
  };
  const isLeft = (model: LanguageModel) => !excluded.has(model) && !aside.has(model);
  return {
    exclude,
    setAside(model, reason) {
      aside.add(model);
      problem = reason;
    },
    restore: () => aside.clear(),
    hasAlternative: (model) => candidates.some((each) => each !== model && isLeft(each)),
    async next(needs) {
      const times: number[] = [];
      for (const model of candidates.filter(isLeft)) {
        const found = await ask(model, needs);
        if (found.kind === 'model') return found;
        if (found.kind === 'none') exclude(model, found.problem);
        else times.push(found.untilInMs);
      }
      if (times.length > 0) return { kind: 'wait', untilInMs: Math.min(...times) };
      const isAsideOnly = candidates.some((model) => aside.has(model) && !excluded.has(model));
      return { kind: isAsideOnly ? 'exhausted' : 'none', problem };
    },
  };

  /** Whether a model can serve the question, and what its circuit says. */
  async function ask(
    model: LanguageModel,
    needs: QuestionNeeds,
  ): Promise<Exclude<Route, { kind: 'exhausted' }>> {
    const unserved = unservedReason(model.profile, needs);
    if (unserved !== undefined) return { kind: 'none', problem: unservable(model, unserved) };
    const circuitKey = { provider: model.profile.name, keyId: await model.keyId() };
    const permission = await ports.circuit.permit(circuitKey, ports.clock.now());
    if (permission.isAllowed) {
      return { kind: 'model', model, circuitKey, isProbe: permission.isProbe };
    }
    const { reason, retryAtInMs } = permission;
    if (needsHelp(reason)) return { kind: 'none', problem: unwell(model, reason) };
    return { kind: 'wait', untilInMs: retryAtInMs };
  }
}

const noProvider: Problem = {
  code: 'provider_not_configured',
  message: 'Expected a provider that can serve the call, found none.',
};

/** A key, a credit or a certificate does not get well by waiting: somebody has to act. */
function needsHelp(reason: ErrorCode): boolean {
  return errorEntry(reason).action === 'fail-over';
}

function unwell({ profile }: LanguageModel, reason: ErrorCode): Problem {
  return {
    code: reason,
    message: `Expected ${profile.title} to serve the call; it did not serve others just now: ${errorEntry(reason).title}.`,
    details: { provider: profile.name },
  };
}

function unservable(
  { profile }: LanguageModel,
  reason: NonNullable<ReturnType<typeof unservedReason>>,
): Problem {
  const details = { provider: profile.name, reason };
  return reason === 'context'
    ? {
        code: 'model_context_exceeded',
        message: `Expected question and answer within ${profile.contextTokens} tokens, which ${profile.title} can read; they are longer. Use a smaller chunk size.`,
        details,
      }
    : {
        code: 'model_bad_request',
        message: `Expected a question that ${profile.title} can serve; it asks for ${reason}, which that provider does not have.`,
        details,
      };
}
