import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { Metrics } from '#shared/ports/metrics.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import type { FindWorkflow } from '../task-state.ts';
import type { Tell } from '../tell.ts';

/** What the step that runs children stands on. */
export interface RunChildrenPorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly engine: Pick<WorkflowEngine, 'start'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly tell: Tell;
  readonly metrics?: Metrics | undefined;
  readonly findWorkflow: FindWorkflow;
}
