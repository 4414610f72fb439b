import { createIsolatedDocumentReader } from '#shared/adapters/system/isolated-document-reader.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { createEstimateApp } from '#shared/http/estimates.ts';
import { createEstimateSubmission } from '#shared/steps/tasks/estimate-submission.ts';
import { readerCaps } from '../reader-caps.ts';
import { allowsLoopbackUrls } from '../url-settings.ts';
import { findWorkflow } from './catalog.ts';
import { authOf, gatewayCallerOf } from './gateway-callers.ts';
import { lambdaRequestId } from './lambda-request-id.ts';
import { objects } from './objects.ts';
import { clock, currentTraceId, logger } from './platform.ts';
import { profiles } from './profiles.ts';
import { tasks } from './state.ts';

/** API Gateway waits 29 s, from which a cold start and the planning go. */
const readWithinInMs = 20_000;
const fetchWithinInMs = 15_000;
/** Beside the reader's heap there is room for about so many paragraphs, rows or cells and for the questions made of them. */
const maxUnits = 400_000;

const callerOf = gatewayCallerOf(authOf(process.env[environmentNames.auth]));

/** The one route of the API that reads documents. Who calls, API Gateway and the authorizer have found out before. */
export const app = createEstimateApp({
  estimateSubmission: createEstimateSubmission({
    tasks,
    objects,
    urls: createUrlFetcher({ clock, allowsLoopback: allowsLoopbackUrls(process.env) }),
    clock,
    documentReader: createIsolatedDocumentReader({
      ...readerCaps,
      // Bundled beside the handler (infra/constructs/reader-files.ts).
      threadFile: new URL('./document-thread.mjs', import.meta.url),
      threads: 1,
    }),
    findWorkflow,
    profiles,
    urlTimeoutInMs: fetchWithinInMs,
    caps: { timeoutInMs: readWithinInMs, units: maxUnits },
  }),
  callerOf: (_request, env) => callerOf(env),
  logger,
  platformOf: (env) => ({ requestId: lambdaRequestId(env), traceId: currentTraceId() }),
});
