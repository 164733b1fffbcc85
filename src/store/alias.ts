import type { AliasPublication, AliasVersion, OwnedAlias } from '../domain/alias.ts';
import { aliasId, inSlugOrder, stickiness } from '../domain/alias.ts';
import type { AuditAct, AuditState } from '../domain/audit.ts';
import { auditActorKinds, toAuditEntry } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import { toId } from '../domain/id.ts';
import type { JsonValue } from '../domain/json.ts';
import type { Alias } from '../domain/model.ts';
import type { AliasStore } from '../ports/store.ts';
import { writeEntry } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { pageOf } from './page.ts';
import { boolean, json, number, numberOrNull, text, textOrNull, word } from './row.ts';
import { isUuid, toTimestamp } from './sqlValue.ts';

const select = `select a.*, t.targets from aliases a
  left join lateral (select jsonb_agg(jsonb_build_array(model, weight)) as targets from alias_targets where alias_id = a.id) t on true`;

export function createAliasStore(database: Database): AliasStore {
  return {
    async inForce(organizationId) {
      if (organizationId !== null && !isUuid(organizationId)) return [];
      const rows = await database.query(
        `${select} where a.superseded_at is null and ($1::uuid is null or a.organization_id = $1) order by a.organization_id, a.name`,
        [organizationId],
      );
      return rows.map(toVersion);
    },
    async history({ organizationId, name }, { first, after }) {
      const page = { first, after: null };
      if (!isUuid(organizationId)) return pageOf([], page, toVersion);
      const rows = await database.query(
        `${select} where a.organization_id = $1 and a.name = $2 and ($3::int is null or a.version < $3) order by a.version desc limit $4`,
        [organizationId, name, after, first + 1],
      );
      return pageOf(rows, page, toVersion);
    },
    find: (target, version) => (isUuid(target.organizationId) ? read(database, target, version) : Promise.resolve(null)),
    publish: (publication, act) => database.transaction((queries) => publish(queries, publication, act)),
    async delete(target, act) {
      if (!isUuid(target.organizationId)) return null;
      return await database.transaction(async (queries) => {
        await lockNames(queries, target);
        const before = await end(queries, target, act.at);
        if (before !== null) await writeEntry(queries, toAuditEntry(act, { type: 'ALIAS', before: stateOf(before) }));
        return before;
      });
    },
  };
}

/** One publication of an organization after the other, so that versions follow each other. Throws NOT_FOUND. */
async function lockNames(queries: Queries, { organizationId }: OwnedAlias): Promise<void> {
  const rows = isUuid(organizationId)
    ? await queries.query('select from organizations where id = $1 for no key update', [organizationId])
    : [];
  if (rows.length === 0) throw new GatewayError('NOT_FOUND', 'There is no such organization.');
}

/** What was in force, and is no more. */
async function end(queries: Queries, target: OwnedAlias, at: number): Promise<AliasVersion | null> {
  const [row] = await queries.query(
    'update aliases set superseded_at = $3 where organization_id = $1 and name = $2 and superseded_at is null returning version',
    [target.organizationId, target.name, toTimestamp(at)],
  );
  return row === undefined ? null : await read(queries, target, number(row, 'version'));
}

async function publish(queries: Queries, publication: AliasPublication, act: AuditAct): Promise<AliasVersion> {
  const { organizationId, name, rowId, note, restores, sticky, disabled } = publication;
  const { kind, id, name: actorName } = act.actor;
  await lockNames(queries, publication);
  const before = await end(queries, publication, act.at);
  const [row] = await queries.query(
    `insert into aliases (organization_id, name, version, id, note, restores, sticky, disabled, created_at, created_by, created_by_kind, created_by_name)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11 from aliases where organization_id = $1 and name = $2
     returning version`,
    [organizationId, name, rowId, note, restores, sticky, disabled, toTimestamp(act.at), id, kind, actorName],
  );
  for (const { model, weight } of publication.targets)
    await queries.query('insert into alias_targets (alias_id, model, weight) values ($1, $2, $3)', [rowId, model, weight]);
  const after = row === undefined ? null : await read(queries, publication, number(row, 'version'));
  if (after === null) throw new GatewayError('INTERNAL', 'A publication was not found again.');
  const change = { type: 'ALIAS', after: stateOf(after) } as const;
  await writeEntry(queries, toAuditEntry(act, before === null ? change : { ...change, before: stateOf(before) }));
  return after;
}

async function read(queries: Queries, { organizationId, name }: OwnedAlias, version: number): Promise<AliasVersion | null> {
  const [row] = await queries.query(`${select} where a.organization_id = $1 and a.name = $2 and a.version = $3`, [
    organizationId,
    name,
    version,
  ]);
  return row === undefined ? null : toVersion(row);
}

/** Who published it, and when, is in the entry itself. */
function stateOf({ publishedAt: _, publishedBy: __, supersededAt: ___, ...state }: AliasVersion): AuditState {
  return state;
}

function toVersion(row: Row): AliasVersion {
  const owned: OwnedAlias = { organizationId: toId(text(row, 'organization_id')), name: text(row, 'name') };
  return {
    ...owned,
    id: aliasId(owned),
    version: number(row, 'version'),
    targets: inSlugOrder(toTargets(json(row, 'targets'))),
    sticky: word(row, 'sticky', stickiness),
    disabled: boolean(row, 'disabled'),
    note: textOrNull(row, 'note'),
    restores: numberOrNull(row, 'restores'),
    publishedAt: number(row, 'created_at'),
    publishedBy: {
      kind: word(row, 'created_by_kind', auditActorKinds),
      id: text(row, 'created_by'),
      name: text(row, 'created_by_name'),
    },
    supersededAt: numberOrNull(row, 'superseded_at'),
  };
}

/** Pairs of model and weight, as the statement makes them. */
function toTargets(value: JsonValue): Alias['targets'] {
  return (Array.isArray(value) ? value : []).flatMap((pair) =>
    Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number' ? [{ model: toId(pair[0]), weight: pair[1] }] : [],
  );
}
