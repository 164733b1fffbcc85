import type { AuditAct } from '../domain/audit.ts';
import { toAuditEntry } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import type { TeamId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Team } from '../domain/tenancy.ts';
import { withChanges } from '../domain/tenancy.ts';
import type { Owned, TeamStore } from '../ports/store.ts';
import { change, make, writeEntry } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { number, numberOrNull, text } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toTimestampOrNull, toUuidArray } from './sqlValue.ts';

const insertion = 'insert into teams (id, organization_id, name, created_at, disabled_at) values ($1, $2, $3, $4, $5)';

export function createTeamStore(database: Database): TeamStore {
  return {
    async teams(ids) {
      const rows = await database.query('select * from teams where id = any($1::text::uuid[])', [toUuidArray(ids)]);
      return rows.map(toTeam);
    },
    async listTeams(organizationId, page) {
      if (!isUuid(organizationId)) return pageOf([], page, toTeam);
      const rows = await database.query(
        'select * from teams where organization_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3',
        [organizationId, cursorOf(page), page.first + 1],
      );
      return pageOf(rows, page, toTeam);
    },
    async createTeam(team, act) {
      const insert = async (queries: Queries) => void (await queries.query(insertion, valuesOf(team)));
      await make(database, { type: 'TEAM', made: team, act, insert }).catch(explain);
    },
    async updateTeam(target, changes, act) {
      if (!isUuid(target.organizationId) || !isUuid(target.id)) return null;
      const changed = await change<Team>(database, {
        type: 'TEAM',
        act,
        read: (queries) => lock(queries, target),
        async write(queries, before) {
          const team = withChanges(before, changes);
          const values = [team.id, team.name, toTimestampOrNull(team.disabledAt)];
          await queries.query('update teams set name = $2, disabled_at = $3 where id = $1', values);
          return team;
        },
      }).catch(explain);
      return changed?.after ?? null;
    },
  };
}

/** The organization's team of this name: the proposed one where there is none yet. */
export async function ensureTeam(queries: Queries, proposed: Team, act: AuditAct): Promise<Team> {
  const [made] = await queries.query(`${insertion} on conflict do nothing returning id`, valuesOf(proposed));
  if (made !== undefined) await writeEntry(queries, toAuditEntry(act, { type: 'TEAM', after: proposed }));
  const [row] = await queries.query('select * from teams where name = $1 and organization_id = $2', [
    proposed.name,
    proposed.organizationId,
  ]);
  if (row === undefined) throw new Error('The default team was renamed while it was being made.');
  return toTeam(row);
}

async function lock(queries: Queries, { organizationId, id }: Owned<TeamId>): Promise<Team | null> {
  const [row] = await queries.query('select * from teams where organization_id = $1 and id = $2 for update', [organizationId, id]);
  return row === undefined ? null : toTeam(row);
}

function valuesOf({ id, organizationId, name, createdAt, disabledAt }: Team): readonly (string | null)[] {
  return [id, organizationId, name, toTimestamp(createdAt), toTimestampOrNull(disabledAt)];
}

function explain(thrown: unknown): never {
  return rethrowState(thrown, {
    [sqlStates.unique]: new GatewayError('CONFLICT', 'The organization has a team of this name already.'),
    [sqlStates.foreignKey]: new GatewayError('NOT_FOUND', 'There is no such organization.'),
  });
}

function toTeam(row: Row): Team {
  return {
    id: toId(text(row, 'id')),
    organizationId: toId(text(row, 'organization_id')),
    name: text(row, 'name'),
    createdAt: number(row, 'created_at'),
    disabledAt: numberOrNull(row, 'disabled_at'),
  };
}
