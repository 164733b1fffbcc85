import { GatewayError } from '../domain/errors.ts';
import type { UserId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { User } from '../domain/tenancy.ts';
import type { Owned, UserStore } from '../ports/store.ts';
import { change, make } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { pageOf } from './page.ts';
import { number, text } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp } from './sqlValue.ts';

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
    async updateUser(target, { name }, act) {
      if (!isUuid(target.organizationId)) return null;
      const { organizationId, id } = target;
      const changed = await change<User>(database, {
        type: 'USER',
        act,
        read: (queries) => lock(queries, target),
        async write(queries, before) {
          await queries.query('update users set name = $3 where organization_id = $1 and id = $2', [organizationId, id, name]);
          return { ...before, name };
        },
      });
      return changed?.after ?? null;
    },
  };
}

async function insertUser(queries: Queries, { organizationId, id, name, createdAt }: User): Promise<void> {
  await queries.query('insert into users (organization_id, id, name, created_at) values ($1, $2, $3, $4)', [
    organizationId,
    id,
    name,
    toTimestamp(createdAt),
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
  };
}
