import { customType, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** The calls that were made under an idempotency key of their caller's; `answer` is encrypted and null where it is not kept. */
export const idempotency = pgTable(
  'idempotency',
  {
    organizationId: uuid('organization_id').notNull(),
    key: text().notNull(),
    /** HMAC of the canonical input, behind the name of the secret it was made with. */
    inputHash: text('input_hash').notNull(),
    completionId: uuid('completion_id').notNull(),
    /** Whose key it is: `key:`, `user:` or `token:` and its id. */
    holder: text().notNull(),
    userId: text('user_id'),
    replicaId: uuid('replica_id').notNull(),
    /** RUNNING or ENDED. */
    state: text().notNull(),
    /** When the owner of a running call last showed that it lives, by its own clock. */
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
    answer: bytes(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    // Another holder in the organization must neither attach to a call nor hear of it.
    primaryKey({ columns: [table.holder, table.key] }),
    index('idempotency_expiry_index').on(table.expiresAt),
    index('idempotency_replica_index').on(table.replicaId),
  ],
);
