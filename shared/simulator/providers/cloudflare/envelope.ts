import * as z from 'zod';

/** What a body comes in: the documents show four forms (providers.md § 1.3). */
export const CloudflareEnvelope = z.enum(['flat', 'state', 'result', 'nested']);
export type CloudflareEnvelope = z.infer<typeof CloudflareEnvelope>;

const gatewayMetadata = { keySource: 'Unified' };

export function inEnvelope(body: object, envelope: CloudflareEnvelope): object {
  switch (envelope) {
    case 'flat':
      return { ...body, gatewayMetadata };
    case 'state':
      return { state: 'Completed', result: body, gatewayMetadata };
    case 'result':
      return { result: body, success: true, errors: [], messages: [] };
    case 'nested':
      return {
        result: { state: 'Completed', result: body, gatewayMetadata },
        success: true,
        errors: [],
        messages: [],
      };
  }
}

/** A failure that the envelope tells with a status of 200. */
export function failedEnvelope(message: string, envelope: CloudflareEnvelope): object {
  const failed = {
    state: 'Failed',
    error: { code: 'provider_unavailable', message },
    model: 'minimax/m2.7',
  };
  const errors = [{ code: 3040, message }];
  switch (envelope) {
    case 'flat':
    case 'result':
      return { result: null, success: false, errors, messages: [] };
    case 'state':
      return failed;
    case 'nested':
      return { result: failed, success: true, errors: [], messages: [] };
  }
}
