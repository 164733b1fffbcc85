import { GatewayError } from '../domain/errors.ts';
import type { UserId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { User } from '../domain/tenancy.ts';
import { withChanges } from '../domain/tenancy.ts';
import type { Owned, UserStore } from '../ports/store.ts';
import { change, make } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { pageOf } from './page.ts';
import { number, numberOrNull, text } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toTimestampOrNull } from './sqlValue.ts';

/** `$1` and `$3` are names, `$2` and `$4` the same where they could be ids. Of the two, the id goes first. */
const placeStatement = `select o.id as organization_id, t.id as team_id, coalesce(o.disabled_at, t.disabled_at) as place_disabled_at,
    u.id, u.name, u.created_at, u.disabled_at
  from (select id, disabled_at from organizations where name = $1 or id = $2::uuid order by id = $2::uuid desc nulls last limit 1) o
  cross join lateral (
    select id, disabled_at from teams where organization_id = o.id and (name = $3 or id = $4::uuid) order by id = $4::uuid desc nulls last limit 1
  ) t
  left join users u on u.organization_id = o.id and u.id = $5`;

export function createUserStore(database: Database): UserStore {
  return {
    async listUsers(organizationId, page) {
      if (!isUuid(organizationId)) return pageOf([], page, toUser);
      const rows = await database.query(
        'select * from users where organization_id = $1 and ($2::text is null or id > $2) order by id limit $3',
        [organizationId, page.after, page.first + 1],
      );
      return pageOf(rows, page, toUser);
    },
    async createUser(user, act) {
      const insert = (queries: Queries) => insertUser(queries, user);
      await make(database, { type: 'USER', made: user, act, insert }).catch((thrown: unknown) =>
        rethrowState(thrown, {
          [sqlStates.unique]: new GatewayError('CONFLICT', 'The organization has a user of this id already.'),
          [sqlStates.foreignKey]: new GatewayError('NOT_FOUND', 'There is no such organization.'),
        }),
      );
    },
    async updateUser(target, changes, act) {
      if (!isUuid(target.organizationId)) return null;
      const { organizationId, id } = target;
      const changed = await change<User>(database, {
        type: 'USER',
        act,
        read: (queries) => lock(queries, target),
        async write(queries, before) {
          const user = withChanges(before, changes);
          const values = [organizationId, id, user.name, toTimestampOrNull(user.disabledAt)];
          await queries.query('update users set name = $3, disabled_at = $4 where organization_id = $1 and id = $2', values);
          return user;
        },
      });
      return changed?.after ?? null;
    },
    async findPlace({ organization, team, userId }) {
      const [row] = await database.query(placeStatement, [organization, uuidOrNull(organization), team, uuidOrNull(team), userId]);
      if (row === undefined) return null;
      const user = row['id'] === null ? null : toUser(row);
      return {
        organizationId: toId(text(row, 'organization_id')),
        teamId: toId(text(row, 'team_id')),
        disabledAt: numberOrNull(row, 'place_disabled_at'),
        user,
      };
    },
  };
}

function uuidOrNull(text: string): string | null {
  return isUuid(text) ? text : null;
}

async function insertUser(queries: Queries, { organizationId, id, name, createdAt, disabledAt }: User): Promise<void> {
  await queries.query('insert into users (organization_id, id, name, created_at, disabled_at) values ($1, $2, $3, $4, $5)', [
    organizationId,
    id,
    name,
    toTimestamp(createdAt),
    toTimestampOrNull(disabledAt),
  ]);
}

async function lock(queries: Queries, { organizationId, id }: Owned<UserId>): Promise<User | null> {
  const [row] = await queries.query('select * from users where organization_id = $1 and id = $2 for update', [organizationId, id]);
  return row === undefined ? null : toUser(row);
}

function toUser(row: Row): User {
  return {
    id: toId(text(row, 'id')),
    organizationId: toId(text(row, 'organization_id')),
    name: text(row, 'name'),
    createdAt: number(row, 'created_at'),
    disabledAt: numberOrNull(row, 'disabled_at'),
  };
}
