import { callIdOf } from '#shared/domain/ids.ts';
import type { ModelStage, StageContext, Workflow } from '../definition.ts';
import { writePrompt } from '../prompt.ts';
import { faultsOfPlan } from './check-plan.ts';
import { describePlan } from './describe-plan.ts';
import { AutoParams } from './params.ts';
import { PlanAnswer } from './plan.ts';
import { decomposePrompt } from './prompts.ts';
import { documentLines, inputsOf, workflowLines } from './surroundings.ts';

/** Makes a plan of the instruction: which workflows run over which documents, in which order. Asks nothing where the plan is given. */
export function decomposeStage(workflows: readonly Workflow[]): ModelStage {
  return {
    kind: 'model',
    name: 'decompose',
    title: 'Planning the tasks',
    tracksCoverage: false,
    isAdvisory: false,
    isPreliminary: true,
    maxRounds: 1,
    answer: PlanAnswer,

    plan(context) {
      const { instruction, plan } = AutoParams.parse(context.params);
      if (plan !== undefined) return [];
      return [
        {
          callId: callIdOf('decompose', context.round, 0),
          prompt: decomposePrompt.id,
          messages: writePrompt({
            ...decomposePrompt,
            facts: { Instruction: instruction },
            sections: {
              workflows: workflowLines(workflows),
              documents: documentLines(inputsOf(context)),
            },
          }),
          maxOutputTokens: 8_000,
          temperature: 0.1,
          unitIds: [],
          context: {},
        },
      ];
    },

    answerTokens: () => ({ low: 80, expected: 900, high: 5_000 }),

    check(answer, _spec, context) {
      const faults = faultsOfPlan(PlanAnswer.parse(answer), surroundingsOf(workflows, context));
      return faults.map((sentence) => ({ sentence, isFatal: true }));
    },

    assemble(context) {
      const { plan } = AutoParams.parse(context.params);
      const [outcome] = context.outcomes;
      const output = outcome?.isAnswered === true ? PlanAnswer.parse(outcome.answer) : plan;
      return { output: output ?? { tasks: [], unused: [], notServed: [] }, isComplete: true };
    },

    proposal(output) {
      const plan = PlanAnswer.safeParse(output).data;
      return plan === undefined ? [] : describePlan(plan);
    },
  };
}

/** What a plan may speak of, once the documents are read. */
export function surroundingsOf(workflows: readonly Workflow[], context: StageContext) {
  const { instruction } = AutoParams.parse(context.params);
  return { workflows, instruction, documents: inputsOf(context) };
}
