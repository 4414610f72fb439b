import { z } from '@hono/zod-openapi';
import { callbackStates } from '#shared/domain/callback.ts';
import { taskStatuses } from '#shared/domain/task.ts';
import { UploadRequest } from '#shared/domain/upload-request.ts';

const Money = z.object({ limitUsd: z.number(), spentUsd: z.number(), reservedUsd: z.number() });

export const UsageBody = z
  .object({
    attempts: z.int(),
    attemptsWithUnknownTokens: z.int(),
    inputTokens: z.int(),
    cachedInputTokens: z.int(),
    outputTokens: z.int(),
    reasoningTokens: z.int(),
    costInMicroUsd: z.int(),
    costUsd: z.number(),
  })
  .openapi('Usage');

const ApprovalBody = z
  .object({
    what: z.enum(['plan', 'final']),
    state: z.enum(['open', 'approved', 'rejected', 'expired', 'withdrawn']),
    askedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().optional(),
    comment: z.string().optional(),
    plan: z
      .looseObject({
        stage: z.string(),
        stages: z.array(z.string()),
        calls: z.int(),
        maxInputTokens: z.int(),
        maxOutputTokens: z.int(),
        maxCostUsd: z.number(),
      })
      .optional()
      .openapi({
        description:
          'What the first stage will ask, and the most that it can cost without repetitions',
      }),
  })
  .openapi('Approval');

/** The task as the API shows it; `view-task.ts` makes it, this describes it. */
const RangeBody = z.object({ low: z.number(), expected: z.number(), high: z.number() });

const estimateFields = {
  calls: RangeBody,
  inputTokens: RangeBody,
  outputTokens: RangeBody,
  costUsd: RangeBody,
  minutes: RangeBody,
  provider: z.string(),
  isPriceAssumed: z
    .boolean()
    .openapi({ description: 'The provider publishes no price; the cost is by another\u2019s' }),
  stages: z.array(
    z.object({
      stage: z.string(),
      calls: RangeBody,
      inputTokens: RangeBody,
      outputTokens: RangeBody,
    }),
  ),
};

export const EstimateBody = z
  .object({
    workflow: z.object({ id: z.string(), version: z.int() }),
    documents: z.array(
      z.object({
        documentId: z.string(),
        name: z.string(),
        units: z.int(),
        pages: z.int().optional(),
      }),
    ),
    ...estimateFields,
  })
  .openapi('Estimate');

export const TaskBody = z
  .looseObject({
    taskId: z.string(),
    workflow: z.object({ id: z.string(), version: z.int() }),
    status: z.enum(taskStatuses),
    stage: z.string().optional(),
    simulated: z
      .boolean()
      .optional()
      .openapi({ description: 'Answers come from the built-in simulator' }),
    progress: z.object({ callsPlanned: z.int(), callsEnded: z.int(), percent: z.int() }),
    budget: Money,
    usage: UsageBody,
    estimate: z
      .object(estimateFields)
      .optional()
      .openapi({ description: 'What the task was to take, told before anything was asked' }),
    coverage: z
      .object({ units: z.int(), used: z.int(), skipped: z.int(), failed: z.int() })
      .optional(),
    artifacts: z.array(
      z.object({
        name: z.string(),
        contentType: z.string(),
        sizeInBytes: z.int(),
        href: z.string(),
        draft: z.boolean().optional().openapi({ description: 'A person still looks at it' }),
      }),
    ),
    approval: ApprovalBody.optional(),
    parent: z
      .object({ taskId: z.string(), childId: z.string() })
      .optional()
      .openapi({ description: 'The task whose plan it is part of' }),
    children: z
      .array(
        z.object({
          childId: z.string(),
          taskId: z.string(),
          workflow: z.string(),
          why: z.string(),
          status: z.enum(taskStatuses).optional(),
          isReplaced: z.boolean().optional().openapi({
            description: 'It was started anew over other files; its usage counts all the same',
          }),
          href: z.string(),
        }),
      )
      .optional()
      .openapi({ description: 'Tasks of its plan that have been started' }),
    timeline: z.array(z.object({ at: z.iso.datetime(), event: z.string() })),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    traceId: z
      .string()
      .optional()
      .openapi({ description: 'Trace of the request that submitted it' }),
  })
  .openapi('Task');

export const CallbackBody = z
  .object({
    state: z.enum(callbackStates),
    attempts: z.int(),
    lastStatus: z.int().optional(),
    lastError: z.string().optional(),
    nextAttemptAt: z.iso.datetime().optional(),
  })
  .openapi('Callback');

export const TaskInputBody = z.union([
  z.object({ uploadId: z.string() }),
  z.object({ name: z.string(), text: z.string() }),
  z.object({
    url: z.string().openapi({
      format: 'uri',
      example: 'https://files.example.com/report.docx',
      description: 'Of https and a public host; fetched when the task is submitted, not again',
    }),
    name: z.string().optional().openapi({ description: 'Instead of what the server calls it' }),
  }),
]);

export const TaskRequestBody = z
  .object({
    workflow: z.string().openapi({ example: 'summarize' }),
    inputs: z
      .array(TaskInputBody)
      .openapi({ description: 'Uploaded files, short text, or files by URL' }),
    params: z
      .record(z.string(), z.unknown())
      .optional()
      .openapi({ description: 'As `paramsSchema` of the workflow says' }),
    options: z
      .object({
        budgetUsd: z.number().optional(),
        deadlineMinutes: z.int().optional(),
        providers: z
          .array(z.string())
          .optional()
          .openapi({ description: 'In the order in which they are tried' }),
        webSearch: z.boolean().optional().openapi({
          description:
            'Lets a provider search the web with each question, which leaves for a third party',
        }),
        callbackUrl: z.string().optional().openapi({
          format: 'uri',
          description: 'Gets a signed notice when the task has ended; of https and a public host',
        }),
        maskSensitiveInfo: z
          .boolean()
          .optional()
          .openapi({ description: 'Lets the provider mask addresses and numbers in answers' }),
        approval: z.enum(['none', 'plan', 'final']).optional().openapi({
          description: 'What a person looks at before the task goes on; see `approval` of the task',
        }),
        approvalTimeoutMinutes: z
          .int()
          .optional()
          .openapi({ description: 'How long it waits for that person: a day, a week at most' }),
      })
      .optional(),
  })
  .openapi('TaskRequest');

// Made anew: the domain's own schema may be older than the extension that describes it.
export const UploadRequestBody = z.strictObject(UploadRequest.shape).openapi('UploadRequest', {
  example: { name: 'report.docx' },
});

export const UploadBody = z
  .object({
    uploadId: z.string(),
    method: z.literal('POST'),
    url: z.string(),
    fields: z.record(z.string(), z.string()),
    maxSizeInBytes: z.int(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('Upload');

export const WorkflowBody = z
  .object({
    id: z.string(),
    version: z.int(),
    title: z.string(),
    description: z.string(),
    acceptedFormats: z.array(z.string()),
    maxDocuments: z.int(),
    stages: z.array(z.object({ name: z.string(), title: z.string() })),
    artifacts: z.array(z.string()),
    paramsSchema: z.record(z.string(), z.unknown()),
  })
  .openapi('Workflow');

export const UsageSummaryBody = z
  .object({
    from: z.string(),
    to: z.string(),
    totals: UsageBody,
    byDay: z.record(z.string(), UsageBody),
    byWorkflow: z.record(z.string(), UsageBody),
    byProvider: z.record(z.string(), UsageBody),
  })
  .openapi('UsageSummary');

/** A JSON response of the given shape. */
export function json(schema: z.ZodType, description: string) {
  return { description, content: { 'application/json': { schema } } };
}
