import { scenarios } from '../scenarios/all.ts';
import { openLocalDeployment } from '../support/scenarios/local-deployment.ts';
import { registerScenarios } from '../support/scenarios/register.ts';

registerScenarios('local', openLocalDeployment, scenarios);
