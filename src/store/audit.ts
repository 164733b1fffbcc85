import type { AuditAct, AuditEntry, AuditState, AuditSubjectType } from '../domain/audit.ts';
import { auditActions, auditActorKinds, auditSubjectTypes, toAuditEntry } from '../domain/audit.ts';
import { toId } from '../domain/id.ts';
import type { JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { AuditStore } from '../ports/store.ts';
import type { Database, Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { json, number, text, textOrNull, word } from './row.ts';
import { isUuid, toArrayOrNull, toTimestamp, toTimestampOrNull } from './sqlValue.ts';

export function createAuditStore(database: Queries): AuditStore {
  return {
    async list({ organizationId, actions, actorId, subjectId, from, to }, page) {
      if (organizationId !== null && !isUuid(organizationId)) return pageOf([], page, toEntry);
      const rows = await database.query(
        `select * from audit_log
         where ($1::uuid is null or organization_id = $1) and ($2::text::text[] is null or action = any($2::text::text[]))
           and ($3::text is null or actor_id = $3) and ($4::text is null or subject_id = $4)
           and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
           and ($7::uuid is null or id < $7)
         order by id desc limit $8`,
        [
          organizationId,
          toArrayOrNull(actions),
          actorId,
          subjectId,
          toTimestampOrNull(from),
          toTimestampOrNull(to),
          cursorOf(page),
          page.first + 1,
        ],
      );
      return pageOf(rows, page, toEntry);
    },
  };
}

/** Something made, and the act that made it. */
export interface Making {
  readonly type: AuditSubjectType;
  readonly made: AuditState;
  readonly act: AuditAct;
  insert(queries: Queries): Promise<void>;
}

/** Both are written, or neither. */
export async function make(database: Database, { type, made, act, insert }: Making): Promise<void> {
  await database.transaction(async (queries) => {
    await insert(queries);
    await writeEntry(queries, toAuditEntry(act, { type, after: made }));
  });
}

/** Something changed, and the act that changes it. */
export interface Changing<Thing extends AuditState> {
  readonly type: AuditSubjectType;
  readonly act: AuditAct;
  /** Locks the row, so that `before` is what the change found; null: there is nothing to change. */
  read(queries: Queries): Promise<Thing | null>;
  /** Null: it is gone after it. */
  write(queries: Queries, before: Thing): Promise<Thing | null>;
}

/** Both are written, or neither. Null when there is nothing to change. */
export async function change<Thing extends AuditState>(
  database: Database,
  { type, act, read, write }: Changing<Thing>,
): Promise<{ readonly before: Thing; readonly after: Thing | null } | null> {
  return await database.transaction(async (queries) => {
    const before = await read(queries);
    if (before === null) return null;
    const after = await write(queries, before);
    await writeEntry(queries, toAuditEntry(act, { type, before, ...(after === null ? {} : { after }) }));
    return { before, after };
  });
}

export async function writeEntry(queries: Queries, entry: AuditEntry): Promise<void> {
  const { actor, subject } = entry;
  await queries.query(
    `insert into audit_log (id, at, organization_id, actor_type, actor_id, actor_name, address, action, subject_type, subject_id, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12::text::jsonb)`,
    [
      entry.id,
      toTimestamp(entry.at),
      entry.organizationId,
      actor.kind,
      actor.id,
      actor.name,
      entry.address,
      entry.action,
      subject.type,
      subject.id,
      toJson(entry.before),
      toJson(entry.after),
    ],
  );
}

function toJson(state: JsonObject | null): string | null {
  return state === null ? null : JSON.stringify(state);
}

function toEntry(row: Row): AuditEntry {
  return {
    id: toId(text(row, 'id')),
    at: number(row, 'at'),
    organizationId: toId(text(row, 'organization_id')),
    actor: { kind: word(row, 'actor_type', auditActorKinds), id: text(row, 'actor_id'), name: text(row, 'actor_name') },
    address: textOrNull(row, 'address'),
    action: word(row, 'action', auditActions),
    subject: { type: word(row, 'subject_type', auditSubjectTypes), id: text(row, 'subject_id') },
    before: state(row, 'before'),
    after: state(row, 'after'),
  };
}

function state(row: Row, column: string): JsonObject | null {
  const value = json(row, column);
  return isJsonObject(value) ? value : null;
}
