import * as z from 'zod';
import { Coverage } from '#shared/domain/coverage.ts';
import { Problem } from '#shared/domain/errors.ts';
import { Artifact } from '#shared/domain/task.ts';

/** What the last step needs to know of the rendering. */
export const Delivery = z.object({
  artifacts: z.array(Artifact),
  coverage: Coverage.shape.totals,
  isComplete: z.boolean(),
  reasons: z.array(Problem),
});
export type Delivery = z.infer<typeof Delivery>;

/** Where {@link Delivery} is kept: beside the outputs of the stages. */
export const deliveryStage = 'delivery';
