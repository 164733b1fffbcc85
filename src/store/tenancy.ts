import { GatewayError } from '../domain/errors.ts';
import { toId } from '../domain/id.ts';
import type { Organization, Team } from '../domain/tenancy.ts';
import type { TenancyStore } from '../ports/store.ts';
import type { Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { number, text } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toUuidArray } from './sqlValue.ts';

const defaultName = 'default';

export function createTenancyStore(database: Queries): TenancyStore {
  return {
    async organizations(ids) {
      const rows = await database.query('select * from organizations where id = any($1::text::uuid[])', [toUuidArray(ids)]);
      return rows.map(toOrganization);
    },
    async teams(ids) {
      const rows = await database.query('select * from teams where id = any($1::text::uuid[])', [toUuidArray(ids)]);
      return rows.map(toTeam);
    },
    async ensureDefaults({ organization, team }) {
      await insertOrganization(database, { ...organization, name: defaultName }, 'on conflict do nothing');
      const kept = toOrganization(await one(database, 'select * from organizations where name = $1', [defaultName]));
      await insertTeam(database, { ...team, name: defaultName, organizationId: kept.id }, 'on conflict do nothing');
      const keptTeam = await one(database, 'select * from teams where name = $1 and organization_id = $2', [defaultName, kept.id]);
      return { organization: kept, team: toTeam(keptTeam) };
    },
    async createOrganization(organization) {
      await insertOrganization(database, organization).catch((thrown: unknown) =>
        rethrowState(thrown, {
          [sqlStates.unique]: new GatewayError('CONFLICT', `There is an organization "${organization.name}" already.`),
        }),
      );
    },
    async createTeam(team) {
      await insertTeam(database, team).catch((thrown: unknown) =>
        rethrowState(thrown, {
          [sqlStates.unique]: new GatewayError('CONFLICT', `The organization has a team "${team.name}" already.`),
          [sqlStates.foreignKey]: new GatewayError('NOT_FOUND', 'There is no such organization.'),
        }),
      );
    },
    async listTeams(organizationId, page) {
      if (!isUuid(organizationId)) return pageOf([], page, toTeam);
      const rows = await database.query(
        'select * from teams where organization_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3',
        [organizationId, cursorOf(page), page.first + 1],
      );
      return pageOf(rows, page, toTeam);
    },
  };
}

async function insertOrganization(database: Queries, { id, name, createdAt }: Organization, conflict = ''): Promise<void> {
  await database.query(`insert into organizations (id, name, created_at) values ($1, $2, $3) ${conflict}`, [
    id,
    name,
    toTimestamp(createdAt),
  ]);
}

async function insertTeam(database: Queries, { id, organizationId, name, createdAt }: Team, conflict = ''): Promise<void> {
  const values = [id, organizationId, name, toTimestamp(createdAt)];
  await database.query(`insert into teams (id, organization_id, name, created_at) values ($1, $2, $3, $4) ${conflict}`, values);
}

async function one(database: Queries, sql: string, values: readonly string[]): Promise<Row> {
  const [row] = await database.query(sql, values);
  if (row === undefined) throw new Error('The default organization and team were deleted while they were being made.');
  return row;
}

function toOrganization(row: Row): Organization {
  return { id: toId(text(row, 'id')), name: text(row, 'name'), createdAt: number(row, 'created_at') };
}

function toTeam(row: Row): Team {
  return {
    id: toId(text(row, 'id')),
    organizationId: toId(text(row, 'organization_id')),
    name: text(row, 'name'),
    createdAt: number(row, 'created_at'),
  };
}
