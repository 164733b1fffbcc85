import type { AuditActor } from '../domain/audit.ts';
import type { Principal } from '../domain/principal.ts';

/** Who asks, in one operation. */
export interface Caller {
  readonly principal: Principal;
  /** Stands in errors, logs and `extensions.requestId`. */
  readonly requestId: string;
  /** The client's address as the server sees it; null where there is none. */
  readonly address: string | null;
  /** Whom the audit log names; absent: the principal. */
  readonly actor?: AuditActor | undefined;
}
