import { createHash } from 'node:crypto';
import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import { FaultName } from './fault-names.ts';
import { createRandom, type Random } from './random.ts';

const FaultCondition = z.union([
  /** The n-th question, from 1: of the server, or of the rule's provider where it names one. */
  z.strictObject({ nth: z.int().min(1) }),
  /** Every n-th question, counted in the same way. */
  z.strictObject({ every: z.int().min(1) }),
  /** By chance, but the same chance for the same seed. */
  z.strictObject({ probability: z.number().min(0).max(1), seed: z.int().default(1) }),
  /** Requests that arrive in this time, counted from the start of the server. */
  z.strictObject({ fromMs: z.number().min(0), toMs: z.number().min(0) }),
  /** Every question with these words in it, whenever it comes; where `times` is given, the first so many of them. */
  z.strictObject({ containing: z.string().min(1), times: z.int().min(1).optional() }),
  /** One in so many questions, told by their words: the same ones in whatever order they come. */
  z.strictObject({ oneIn: z.int().min(1) }),
]);

/** When something goes wrong. The first rule that applies decides. */
export const FaultRule = z.strictObject({
  /** Name of a provider, or `*` for all. */
  provider: z.string().default('*'),
  when: FaultCondition,
  fault: FaultName,
});
export type FaultRule = z.infer<typeof FaultRule>;
export type FaultRuleInput = z.input<typeof FaultRule>;

/** Decides for each request whether it fails, and how. */
export interface FaultPlan {
  next(request: { provider: string; elapsedInMs: number }): FaultName | undefined;
  /** The fault that the words of a request call for, where none is due anyway. */
  inWords(request: { provider: string; body: string }): FaultName | undefined;
  reset(): void;
}

export function createFaultPlan(input: unknown): FaultPlan {
  const rules = parseRules(input);
  let count = 0;
  const countOf = new Map<string, number>();
  let randoms = rules.map(randomOf);
  let timesLeft = rules.map(timesOf);
  return {
    next(request) {
      count += 1;
      const ofProvider = (countOf.get(request.provider) ?? 0) + 1;
      countOf.set(request.provider, ofProvider);
      // Every rule draws its number for every request, so that one rule does not shift the chance of another.
      const draws = randoms.map((random) => random());
      return rules.find((rule, index) =>
        applies(rule, {
          ...request,
          count: rule.provider === '*' ? count : ofProvider,
          draw: draws[index] ?? 1,
        }),
      )?.fault;
    },
    inWords(request) {
      const index = rules.findIndex(
        (rule, at) => isCalledFor(rule, request) && (timesLeft[at] ?? 0) > 0,
      );
      timesLeft = timesLeft.map((times, at) => (at === index ? times - 1 : times));
      return rules[index]?.fault;
    },
    reset() {
      count = 0;
      countOf.clear();
      randoms = rules.map(randomOf);
      timesLeft = rules.map(timesOf);
    },
  };
}

function parseRules(input: unknown): FaultRule[] {
  const parsed = z.array(FaultRule).safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QuireError(
    'invalid_request',
    `Expected a list of fault rules such as {"provider":"*","when":{"nth":3},"fault":"429"}; wrong at ${issue?.path.join('.') || 'the list itself'}: ${issue?.message ?? 'unknown'}. Faults are ${FaultName.options.join(', ')}.`,
  );
}

function randomOf({ when }: FaultRule): Random {
  return createRandom('seed' in when ? when.seed : 1);
}

function timesOf({ when }: FaultRule): number {
  return 'times' in when ? (when.times ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}

function isCalledFor(
  rule: FaultRule,
  { provider, body }: { provider: string; body: string },
): boolean {
  if (!isFor(rule, provider)) return false;
  if ('containing' in rule.when) return body.includes(rule.when.containing);
  return 'oneIn' in rule.when && numberOf(body) % rule.when.oneIn === 0;
}

/** A number that follows from what is asked, not from how or when it is sent. */
function numberOf(body: string): number {
  const { messages } = (parseJson(body) ?? {}) as { messages?: unknown };
  const words = messages === undefined ? body : JSON.stringify(messages);
  return createHash('sha256').update(words).digest().readUInt32BE();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Arrival {
  readonly provider: string;
  readonly elapsedInMs: number;
  readonly count: number;
  readonly draw: number;
}

function isFor(rule: Pick<FaultRule, 'provider'>, provider: string): boolean {
  return rule.provider === '*' || rule.provider === provider;
}

function applies({ provider, when }: FaultRule, arrival: Arrival): boolean {
  const isByWords = 'containing' in when || 'oneIn' in when;
  if (!isFor({ provider }, arrival.provider) || isByWords) return false;
  if ('nth' in when) return arrival.count === when.nth;
  if ('every' in when) return arrival.count % when.every === 0;
  if ('probability' in when) return arrival.draw < when.probability;
  return arrival.elapsedInMs >= when.fromMs && arrival.elapsedInMs < when.toMs;
}
