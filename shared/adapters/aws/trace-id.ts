/** The X-Ray trace of the invocation at hand, as Lambda sets it for each; `undefined` elsewhere. */
export function currentTraceId(): string | undefined {
  return /(?:^|;)Root=([^;]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1];
}
