import { GatewayError } from '../domain/errors.ts';
import { toId } from '../domain/id.ts';
import type { JsonValue } from '../domain/json.ts';
import { allScopes } from '../domain/principal.ts';
import type { ApiKey } from '../domain/tenancy.ts';
import type { ApiKeyStore } from '../ports/store.ts';
import type { Database, Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { json, number, numberOrNull, text, textOrNull } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toTimestampOrNull, toUuidArray } from './sqlValue.ts';

/** A key and what shows which it is: the prefix and last characters of its newest secret. */
const select = `select k.*, s.prefix, s.last_four from api_keys k
  cross join lateral (
    select prefix, last_four from api_key_secrets where api_key_id = k.id order by created_at desc, hash limit 1
  ) s`;

/** A secret may end before its key does: when the key was given a new one. */
const selectByHash = `select k.*, s.prefix, s.last_four, least(k.expires_at, s.expires_at) as expires_at
  from api_key_secrets s join api_keys k on k.id = s.api_key_id where s.hash = $1`;

export function createApiKeyStore(database: Database): ApiKeyStore {
  return {
    async findByHash(hash) {
      const [row] = await database.query(selectByHash, [hash]);
      return row === undefined ? null : toApiKey(row);
    },
    async find(ids) {
      const rows = await database.query(`${select} where k.id = any($1::text::uuid[])`, [toUuidArray(ids)]);
      return rows.map(toApiKey);
    },
    async list(organizationId, page) {
      if (!isUuid(organizationId)) return { items: [], hasMore: false };
      const rows = await database.query(
        `${select} where k.organization_id = $1 and ($2::uuid is null or k.id < $2) order by k.id desc limit $3`,
        [organizationId, cursorOf(page), page.first + 1],
      );
      return pageOf(rows, page, toApiKey);
    },
    async any() {
      const [row] = await database.query('select exists (select from api_keys) as any');
      return row?.['any'] === true;
    },
    async create(key, secretHash) {
      await database.transaction((queries) => insert(queries, key, secretHash)).catch(explainInsert);
    },
    async revoke(organizationId, id, at) {
      if (!isUuid(organizationId) || !isUuid(id)) return null;
      const [revoked] = await database.query(
        'update api_keys set revoked_at = coalesce(revoked_at, $3) where organization_id = $1 and id = $2 returning id',
        [organizationId, id, toTimestamp(at)],
      );
      if (revoked === undefined) return null;
      const [row] = await database.query(`${select} where k.id = $1`, [id]);
      return row === undefined ? null : toApiKey(row);
    },
  };
}

async function insert(queries: Queries, key: ApiKey, secretHash: string): Promise<void> {
  const [team] = await queries.query('select from teams where id = $1 and organization_id = $2', [key.teamId, key.organizationId]);
  if (team === undefined) throw noTeam();
  await queries.query(
    `insert into api_keys (id, organization_id, team_id, user_id, name, scopes, allowed_models, created_at, expires_at, revoked_at)
     values ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9, $10)`,
    [
      key.id,
      key.organizationId,
      key.teamId,
      key.userId,
      key.name,
      JSON.stringify(key.scopes),
      key.allowedModels === null ? null : JSON.stringify(key.allowedModels),
      toTimestamp(key.createdAt),
      toTimestampOrNull(key.expiresAt),
      toTimestampOrNull(key.revokedAt),
    ],
  );
  await queries.query('insert into api_key_secrets (hash, api_key_id, prefix, last_four, created_at) values ($1, $2, $3, $4, $5)', [
    secretHash,
    key.id,
    key.prefix,
    key.lastFour,
    toTimestamp(key.createdAt),
  ]);
}

function explainInsert(thrown: unknown): never {
  return rethrowState(thrown, {
    [sqlStates.unique]: new GatewayError('CONFLICT', 'There is a key with this secret already.'),
    [sqlStates.foreignKey]: noTeam(),
  });
}

function noTeam(): GatewayError {
  return new GatewayError('NOT_FOUND', 'The organization has no such team.');
}

function toApiKey(row: Row): ApiKey {
  const userId = textOrNull(row, 'user_id');
  return {
    id: toId(text(row, 'id')),
    organizationId: toId(text(row, 'organization_id')),
    teamId: toId(text(row, 'team_id')),
    userId: userId === null ? null : toId(userId),
    name: text(row, 'name'),
    prefix: text(row, 'prefix'),
    lastFour: text(row, 'last_four'),
    // A scope that this version does not know grants nothing.
    scopes: allScopes.filter((scope) => texts(json(row, 'scopes')).includes(scope)),
    allowedModels: row['allowed_models'] === null ? null : texts(json(row, 'allowed_models')),
    createdAt: number(row, 'created_at'),
    expiresAt: numberOrNull(row, 'expires_at'),
    revokedAt: numberOrNull(row, 'revoked_at'),
  };
}

function texts(value: JsonValue): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
