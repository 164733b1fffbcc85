import type { AuditAct } from '../domain/audit.ts';
import { toAuditEntry } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import type { OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Organization } from '../domain/tenancy.ts';
import type { OrganizationStore } from '../ports/store.ts';
import { change, make, writeEntry } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { number, text } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toUuidArray } from './sqlValue.ts';

const insertion = 'insert into organizations (id, name, created_at) values ($1, $2, $3)';

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
      await make(database, { type: 'ORGANIZATION', made: organization, act, insert }).catch(explain(organization.name));
    },
    async updateOrganization(id, { name }, act) {
      if (!isUuid(id)) return null;
      const changed = await change<Organization>(database, {
        type: 'ORGANIZATION',
        act,
        read: (queries) => lock(queries, id),
        async write(queries, before) {
          await queries.query('update organizations set name = $2 where id = $1', [id, name]);
          return { ...before, name };
        },
      }).catch(explain(name));
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

function valuesOf({ id, name, createdAt }: Organization): readonly string[] {
  return [id, name, toTimestamp(createdAt)];
}

function explain(name: string): (thrown: unknown) => never {
  const taken = new GatewayError('CONFLICT', `There is an organization "${name}" already.`);
  return (thrown) => rethrowState(thrown, { [sqlStates.unique]: taken });
}

function toOrganization(row: Row): Organization {
  return { id: toId(text(row, 'id')), name: text(row, 'name'), createdAt: number(row, 'created_at') };
}
