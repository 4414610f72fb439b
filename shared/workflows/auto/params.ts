import * as z from 'zod';
import type { Workflow } from '../definition.ts';
import { faultsOfPlan } from './check-plan.ts';
import { Plan } from './plan.ts';

/** Parameters of `auto`, whose plan may speak of these workflows. */
export function autoParams(workflows: readonly Workflow[]) {
  return AutoParams.superRefine(({ instruction, plan }, context) => {
    if (plan === undefined) return;
    for (const message of faultsOfPlan(plan, { workflows, instruction })) {
      context.addIssue({ code: 'custom', message, path: ['plan'] });
    }
  });
}

export const AutoParams = z.strictObject({
  instruction: z
    .string()
    .trim()
    .min(1)
    .max(4_000)
    .describe('What is to be done with the documents, in your own words'),
  plan: Plan.optional().describe(
    'The tasks to be run, in place of a plan that the model makes: for who has seen a plan and changes it',
  ),
});
export type AutoParams = z.infer<typeof AutoParams>;
