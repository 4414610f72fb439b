import { type PlanAnswer, unservedReasons } from './plan.ts';

/** A plan in lines, for whoever approves it. */
export function describePlan({ tasks, unused, notServed }: PlanAnswer): string[] {
  return [
    ...tasks.map(({ id, workflow, inputs, params, why }) => {
      const given = Object.keys(params).length === 0 ? '' : ` ${JSON.stringify(params)}`;
      return `${id}: ${workflow} (${inputs.join(', ')})${given} – ${why}`;
    }),
    ...unused.map(({ document, why }) => `Not used: ${document} – ${why}`),
    ...notServed.map(({ part, reason }) => `Not served: “${part}” – ${unservedReasons[reason]}`),
  ];
}
