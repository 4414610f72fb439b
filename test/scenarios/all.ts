import type { Scenario } from '../support/scenarios/tools.ts';
import { accessScenarios } from './access.ts';
import { autoScenarios } from './auto.ts';
import { inboxScenarios } from './inbox.ts';
import { interruptionScenarios } from './interruption.ts';
import { outwardScenarios } from './outward.ts';
import { ownWorkflowScenarios } from './own-workflow.ts';
import { recordScenarios } from './records.ts';
import { submissionScenarios } from './submission.ts';
import { workflowScenarios } from './workflows.ts';

export const scenarios: readonly Scenario[] = [
  ...accessScenarios,
  ...submissionScenarios,
  ...recordScenarios,
  ...inboxScenarios,
  ...interruptionScenarios,
  ...outwardScenarios,
  ...workflowScenarios,
  ...autoScenarios,
  ...ownWorkflowScenarios,
];
