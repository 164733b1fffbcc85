import type { AuditAct } from '../domain/audit.ts';
import { toAuditEntry } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import type { OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Organization } from '../domain/tenancy.ts';
import { withChanges } from '../domain/tenancy.ts';
import type { OrganizationStore } from '../ports/store.ts';
import { change, make, writeEntry } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { number, numberOrNull, text } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toTimestampOrNull, toUuidArray } from './sqlValue.ts';

const insertion = 'insert into organizations (id, name, created_at, disabled_at) values ($1, $2, $3, $4)';

export function createOrganizationStore(database: Database): OrganizationStore {
  return {
    async organizations(ids) {
      const rows = await database.query('select * from organizations where id = any($1::text::uuid[])', [toUuidArray(ids)]);
      return rows.map(toOrganization);
    },
    async listOrganizations(page) {
      const rows = await database.query('select * from organizations where ($1::uuid is null or id < $1) order by id desc limit $2', [
        cursorOf(page),
        page.first + 1,
      ]);
      return pageOf(rows, page, toOrganization);
    },
    async createOrganization(organization, act) {
      const insert = async (queries: Queries) => void (await queries.query(insertion, valuesOf(organization)));
      await make(database, { type: 'ORGANIZATION', made: organization, act, insert }).catch(explain);
    },
    async updateOrganization(id, changes, act) {
      if (!isUuid(id)) return null;
      const changed = await change<Organization>(database, {
        type: 'ORGANIZATION',
        act,
        read: (queries) => lock(queries, id),
        async write(queries, before) {
          const organization = withChanges(before, changes);
          const values = [id, organization.name, toTimestampOrNull(organization.disabledAt)];
          await queries.query('update organizations set name = $2, disabled_at = $3 where id = $1', values);
          return organization;
        },
      }).catch(explain);
      return changed?.after ?? null;
    },
  };
}

/** The one of this name: the proposed one where there is none yet. */
export async function ensureOrganization(queries: Queries, proposed: Organization, act: AuditAct): Promise<Organization> {
  const [made] = await queries.query(`${insertion} on conflict do nothing returning id`, valuesOf(proposed));
  if (made !== undefined) await writeEntry(queries, toAuditEntry(act, { type: 'ORGANIZATION', after: proposed }));
  const [row] = await queries.query('select * from organizations where name = $1', [proposed.name]);
  if (row === undefined) throw new Error('The default organization was renamed while it was being made.');
  return toOrganization(row);
}

async function lock(queries: Queries, id: OrganizationId): Promise<Organization | null> {
  const [row] = await queries.query('select * from organizations where id = $1 for update', [id]);
  return row === undefined ? null : toOrganization(row);
}

function valuesOf({ id, name, createdAt, disabledAt }: Organization): readonly (string | null)[] {
  return [id, name, toTimestamp(createdAt), toTimestampOrNull(disabledAt)];
}

function explain(thrown: unknown): never {
  return rethrowState(thrown, { [sqlStates.unique]: new GatewayError('CONFLICT', 'There is an organization of this name already.') });
}

function toOrganization(row: Row): Organization {
  return {
    id: toId(text(row, 'id')),
    name: text(row, 'name'),
    createdAt: number(row, 'created_at'),
    disabledAt: numberOrNull(row, 'disabled_at'),
  };
}
