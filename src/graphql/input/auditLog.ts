import { toId } from '../../domain/id.ts';
import type { AuditQuery } from '../../gateway/administrationInput.ts';
import { subjectTypes } from '../auditState.ts';
import type { AuditLogFilter } from '../generated/schemaTypes.ts';
import { splitGlobalId } from '../globalId.ts';
import { isPrincipalType } from '../principalId.ts';
import { invalid, readList } from './check.ts';
import { readOrganization } from './organization.ts';

const subjects: readonly string[] = Object.values(subjectTypes);

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toAuditQuery(filter: AuditLogFilter | null | undefined): AuditQuery {
  return {
    organizationId: readOrganization(filter?.organizationId, 'filter.organizationId'),
    actions: filter?.actions === null || filter?.actions === undefined ? null : readList(filter.actions, 'filter.actions', { most: 100 }),
    actorId: readActor(filter?.actorId),
    subjectId: readSubject(filter?.subjectId),
    from: filter?.from ?? null,
    to: filter?.to ?? null,
  };
}

/** Whoever may ask, or the gateway itself. */
function readActor(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === 'system') return text ?? null;
  const parts = splitGlobalId(text);
  if (parts === null || !isPrincipalType(parts.type)) throw invalid('filter.actorId', 'this is not the id of anybody who administers.');
  return parts.id;
}

function readSubject(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const parts = splitGlobalId(text);
  if (parts === null || !subjects.includes(parts.type)) throw invalid('filter.subjectId', 'this is not the id of what is administered.');
  return toId<never>(parts.id);
}
