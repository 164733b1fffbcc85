import type { AuditAct } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId } from '../domain/id.ts';
import type { ApiKey, ApiKeyChanges } from '../domain/tenancy.ts';
import { withChanges } from '../domain/tenancy.ts';
import type { IssuedSecret } from '../ports/credential.ts';
import type { ApiKeyRotation, ApiKeyStore, Owned } from '../ports/store.ts';
import { toApiKey, toJsonColumns, toLabelPattern } from './apiKeyRow.ts';
import { change, make } from './audit.ts';
import type { Database, Queries } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toTimestampOrNull, toUuidArray } from './sqlValue.ts';

/** A key and what shows which it is: the prefix and last characters of its newest secret. */
const shown = `cross join lateral (
    select prefix, last_four from api_key_secrets where api_key_id = k.id order by created_at desc, hash limit 1
  ) s`;
const ofOwners = `join organizations o on o.id = k.organization_id join teams t on t.id = k.team_id
  left join users u on u.organization_id = k.organization_id and u.id = k.user_id`;

/** The key of a disabled user, team or organization is disabled. */
const disabledAt = 'coalesce(k.disabled_at, u.disabled_at, t.disabled_at, o.disabled_at) as disabled_at';
const select = `select k.*, s.prefix, s.last_four, ${disabledAt} from api_keys k ${shown} ${ofOwners}`;

/** A secret may end before its key does: when the key was given a new one. */
const selectByHash = `select k.*, s.prefix, s.last_four, least(k.expires_at, s.expires_at) as expires_at,
    ${disabledAt}
  from api_key_secrets s join api_keys k on k.id = s.api_key_id ${ofOwners} where s.hash = $1 and (s.expires_at is null or s.expires_at > $2)`;

export function createApiKeyStore(database: Database): ApiKeyStore {
  return {
    async findByHash(hash, at) {
      const [row] = await database.query(selectByHash, [hash, toTimestamp(at)]);
      return row === undefined ? null : toApiKey(row);
    },
    async find(ids) {
      const rows = await database.query(`${select} where k.id = any($1::text::uuid[])`, [toUuidArray(ids)]);
      return rows.map(toApiKey);
    },
    async list({ organizationId, teamId, userId, label }, page) {
      if (!isUuid(organizationId)) return pageOf([], page, toApiKey);
      const rows = await database.query(
        `${select} where k.organization_id = $1 and ($2::text is null or k.team_id::text = $2) and ($3::text is null or k.user_id = $3)
           and ($4::text::jsonb is null or k.labels @> $4::text::jsonb) and ($5::uuid is null or k.id < $5) order by k.id desc limit $6`,
        [organizationId, teamId, userId, label === null ? null : toLabelPattern(label), cursorOf(page), page.first + 1],
      );
      return pageOf(rows, page, toApiKey);
    },
    async any() {
      const [row] = await database.query('select exists (select from api_keys) as any');
      return row?.['any'] === true;
    },
    async create(key, secretHash, act) {
      const insertKey = (queries: Queries) => insert(queries, key, secretHash);
      await make(database, { type: 'API_KEY', made: key, act, insert: insertKey }).catch(explainInsert);
    },
    update: (target, changes, act) => changeKey(database, { target, act, write: (queries, key) => update(queries, key, changes) }),
    rotate: (target, rotation, act) =>
      changeKey(database, { target, act, write: (queries, key) => addSecret(queries, key, { ...rotation, createdAt: act.at }) }),
    revoke: (target, act) => changeKey(database, { target, act, write: (queries, key) => revoke(queries, key, act.at) }),
  };
}

interface KeyChange {
  readonly target: Owned<ApiKeyId>;
  readonly act: AuditAct;
  write(queries: Queries, before: ApiKey): Promise<ApiKey>;
}

async function changeKey(database: Database, { target, act, write }: KeyChange): Promise<ApiKey | null> {
  const changed = await change(database, { type: 'API_KEY', act, read: (queries) => lock(queries, target), write });
  return changed?.after ?? null;
}

async function lock(queries: Queries, { organizationId, id }: Owned<ApiKeyId>): Promise<ApiKey | null> {
  if (!isUuid(organizationId) || !isUuid(id)) return null;
  // As it stands in its own row, whatever its owners' say.
  const select = `select k.*, s.prefix, s.last_four from api_keys k ${shown}`;
  const [row] = await queries.query(`${select} where k.organization_id = $1 and k.id = $2 for update of k`, [organizationId, id]);
  return row === undefined ? null : toApiKey(row);
}

async function update(queries: Queries, before: ApiKey, changes: ApiKeyChanges): Promise<ApiKey> {
  const key = withChanges(before, changes);
  await queries.query(
    `update api_keys set name = $2, scopes = $3::text::jsonb, allowed_models = $4::text::jsonb, allowed_addresses = $5::text::jsonb,
       labels = $6::text::jsonb, directives = $7::text::jsonb, expires_at = $8, disabled_at = $9 where id = $1`,
    [key.id, key.name, ...toJsonColumns(key), toTimestampOrNull(key.expiresAt), toTimestampOrNull(key.disabledAt)],
  );
  return key;
}

async function revoke(queries: Queries, before: ApiKey, at: number): Promise<ApiKey> {
  const revokedAt = before.revokedAt ?? at;
  await queries.query('update api_keys set revoked_at = $2 where id = $1', [before.id, toTimestamp(revokedAt)]);
  return { ...before, revokedAt };
}

/** A secret that ends sooner anyway keeps its end. */
async function addSecret(queries: Queries, before: ApiKey, { olderEndAt, ...secret }: ApiKeyRotation & { readonly createdAt: number }) {
  await queries.query('update api_key_secrets set expires_at = least(expires_at, $2) where api_key_id = $1', [
    before.id,
    toTimestamp(olderEndAt),
  ]);
  await insertSecret(queries, before.id, secret);
  return { ...before, prefix: secret.prefix, lastFour: secret.lastFour };
}

type KeptSecret = Omit<IssuedSecret, 'secret'> & { readonly createdAt: number };

async function insertSecret(queries: Queries, id: ApiKeyId, { hash, prefix, lastFour, createdAt }: KeptSecret): Promise<void> {
  await queries.query('insert into api_key_secrets (hash, api_key_id, prefix, last_four, created_at) values ($1, $2, $3, $4, $5)', [
    hash,
    id,
    prefix,
    lastFour,
    toTimestamp(createdAt),
  ]);
}

async function insert(queries: Queries, key: ApiKey, secretHash: string): Promise<void> {
  const [team] = await queries.query('select from teams where id = $1 and organization_id = $2', [key.teamId, key.organizationId]);
  if (team === undefined) throw noTeam();
  await queries.query(
    `insert into api_keys (id, organization_id, team_id, user_id, name, scopes, allowed_models, allowed_addresses, labels, directives,
       created_at, expires_at, revoked_at, disabled_at)
     values ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8::text::jsonb, $9::text::jsonb, $10::text::jsonb, $11, $12, $13, $14)`,
    [
      key.id,
      key.organizationId,
      key.teamId,
      key.userId,
      key.name,
      ...toJsonColumns(key),
      toTimestamp(key.createdAt),
      toTimestampOrNull(key.expiresAt),
      toTimestampOrNull(key.revokedAt),
      toTimestampOrNull(key.disabledAt),
    ],
  );
  await insertSecret(queries, key.id, { ...key, hash: secretHash });
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
