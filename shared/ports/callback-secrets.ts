import type { TenantId } from '#shared/domain/ids.ts';

/** What completion webhooks are signed with. Shown to their tenant, never logged and never stored beside the tasks (I9). */
export interface CallbackSecrets {
  /** `whsec_…`, the same for a tenant at every time. Errors: `store_unavailable`. */
  secretOf(tenantId: TenantId): Promise<string>;
}
