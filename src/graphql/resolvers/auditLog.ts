import type { AuditEntryId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { subjectTypes, writeState } from '../auditState.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import type { AuditActorResolvers, AuditEntryResolvers, QueryResolvers } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { toAuditQuery } from '../input/auditLog.ts';
import { toPrincipalId } from '../principalId.ts';

const Query: Pick<QueryResolvers, 'auditLog'> = {
  async auditLog(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<AuditEntryId>(after) };
    const found = await context.gateway.administration.auditLog(callerOf(context), toAuditQuery(args.filter), page);
    return toConnection(found, after, ({ id }) => id);
  },
};

const AuditEntry: AuditEntryResolvers = {
  id: ({ id }) => toGlobalId('AuditEntry', id),
  organizationId: ({ organizationId }) => toGlobalId('Organization', organizationId),
  subject: ({ subject: { type, id } }) => ({ type, id: toGlobalId(subjectTypes[type], toId<never>(id)) }),
  before: ({ subject, before }) => writeState(subject.type, before),
  after: ({ subject, after }) => writeState(subject.type, after),
};

const AuditActor: AuditActorResolvers = {
  id: ({ kind, id }) => (kind === 'SYSTEM' ? id : toPrincipalId(kind, id)),
};

export const auditLogResolvers = { Query, AuditEntry, AuditActor };
