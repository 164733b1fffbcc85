import type { AuditEntryId, OrganizationId } from './id.ts';
import { toId } from './id.ts';
import type { JsonObject } from './json.ts';
import { principalKinds } from './principal.ts';

/** Every administrative act: the graph's mutation in capitals. */
export const auditActions = [
  'CREATE_ORGANIZATION',
  'UPDATE_ORGANIZATION',
  'CREATE_TEAM',
  'UPDATE_TEAM',
  'CREATE_USER',
  'UPDATE_USER',
  'CREATE_API_KEY',
  'UPDATE_API_KEY',
  'ROTATE_API_KEY',
  'REVOKE_API_KEY',
  'CREATE_BUDGET',
  'UPDATE_BUDGET',
  'DELETE_BUDGET',
  'IMPORT_PROVIDER_COSTS',
  'PUBLISH_ALIAS',
  'ROLL_BACK_ALIAS',
  'DELETE_ALIAS',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditActorKinds = [...principalKinds, 'SYSTEM'] as const;
export const auditSubjectTypes = ['ORGANIZATION', 'TEAM', 'USER', 'API_KEY', 'BUDGET', 'PROVIDER', 'ALIAS'] as const;
export type AuditSubjectType = (typeof auditSubjectTypes)[number];

/** Who did it: a principal, or the gateway itself. The name is that of the moment. */
export interface AuditActor {
  readonly kind: (typeof auditActorKinds)[number];
  readonly id: string;
  readonly name: string;
}

/** What is known of an act before it is done. */
export interface AuditAct {
  readonly id: AuditEntryId;
  readonly at: number;
  readonly actor: AuditActor;
  /** The client's address; null: there was none. */
  readonly address: string | null;
  readonly action: AuditAction;
}

/** An act that was done, as it is kept for ever. `before` and `after` are the subject's state, null where there was none: never a secret or its hash. */
export interface AuditEntry extends AuditAct {
  readonly organizationId: OrganizationId;
  readonly subject: { readonly type: AuditSubjectType; readonly id: string };
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** What can be administered: an organization, or what is an organization's. */
export interface AuditState {
  readonly id: string;
  readonly organizationId?: OrganizationId;
}

export interface AuditChange {
  readonly type: AuditSubjectType;
  /** One of the two at least. */
  readonly before?: AuditState;
  readonly after?: AuditState;
}

export function toAuditEntry(act: AuditAct, { type, before, after }: AuditChange): AuditEntry {
  const subject = after ?? before;
  if (subject === undefined) throw new Error('An act without a subject.');
  return {
    ...act,
    organizationId: subject.organizationId ?? toId(subject.id),
    subject: { type, id: subject.id },
    before: toJson(before),
    after: toJson(after),
  };
}

function toJson(state: AuditState | undefined): JsonObject | null {
  if (state === undefined) return null;
  return JSON.parse(JSON.stringify(state, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));
}
