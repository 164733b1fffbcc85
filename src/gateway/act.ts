import type { AuditAct, AuditAction } from '../domain/audit.ts';
import type { AuditEntryId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { Caller } from './gateway.ts';

/** What the caller is about to do, as the audit log will have it. */
export function actOf(
  { principal, address, actor }: Caller,
  action: AuditAction,
  { clock, ids }: Pick<AdministrationParts, 'clock' | 'ids'>,
): AuditAct {
  const { kind, id, name } = actor ?? principal;
  return { id: toId<AuditEntryId>(ids.next()), at: clock.now(), actor: { kind, id, name }, address, action };
}
