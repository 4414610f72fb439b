/** A webhook as it is sent: what is signed, and with what. */
export interface OutboundCallback {
  readonly url: string;
  /** `webhook-id` of Standard Webhooks. */
  readonly eventId: string;
  /** `whsec_…` */
  readonly secret: string;
  readonly body: string;
}

export interface CallbackAnswer {
  readonly status: number;
  /** From `Retry-After`, in milliseconds from now. */
  readonly retryAfterInMs?: number | undefined;
}

/** Signed webhooks to URLs that callers name: of the public Internet, without redirects. */
export interface CallbackSender {
  /** Whether the URL may be called. Errors: `url_forbidden`, `url_unreachable`. */
  check(url: string): Promise<void>;
  /** One delivery. Errors: `url_forbidden`; `url_unreachable`, also where no answer came in time; the signal's reason. */
  send(
    callback: OutboundCallback,
    options: { timeoutInMs: number; signal?: AbortSignal | undefined },
  ): Promise<CallbackAnswer>;
}
