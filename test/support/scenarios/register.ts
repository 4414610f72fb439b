import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Capability, capabilities } from './capabilities.ts';
import type { Deployment, DeploymentKind } from './deployment.ts';
import { createScenarioTools, type Scenario } from './tools.ts';

/** Registers every scenario that this kind of deployment can run as a test of its own, and says which it cannot. */
export function registerScenarios(
  kind: DeploymentKind,
  open: () => Promise<Deployment>,
  scenarios: readonly Scenario[],
): void {
  describe(`on a deployment of the kind “${kind}”`, () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await open();
    });
    afterAll(async () => {
      await deployment.close();
      for (const { name } of scenarios) sayIfLeftOut(name, kind);
    });

    for (const { name, run } of scenarios.filter((each) => capabilities[each.name][kind].runs)) {
      it(name, () => run(createScenarioTools(deployment)));
    }
  });
}

function sayIfLeftOut(name: Scenario['name'], kind: DeploymentKind): void {
  const capability: Capability = capabilities[name][kind];
  if (!capability.runs) process.stderr.write(`not on ${kind}: ${name}: ${capability.why}\n`);
}
