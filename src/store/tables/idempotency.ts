import { customType, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** The calls that were made under a caller's own key; `answer` is encrypted and null where it is not kept. */
export const idempotency = pgTable(
  'idempotency',
  {
    organizationId: uuid('organization_id').notNull(),
    key: text().notNull(),
    /** HMAC of the canonical input. */
    inputHash: text('input_hash').notNull(),
    completionId: uuid('completion_id').notNull(),
    apiKeyId: uuid('api_key_id').notNull(),
    userId: text('user_id'),
    replicaId: uuid('replica_id').notNull(),
    state: text().notNull(),
    answer: bytes(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.key] }),
    index('idempotency_expiry_index').on(table.expiresAt),
    index('idempotency_replica_index').on(table.replicaId),
  ],
);
