import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/** The living replicas that write down their calls in the database instead of a file. */
export const ledgerOwners = pgTable('ledger_owners', {
  replicaId: uuid('replica_id').primaryKey(),
  /** JSON that tells its process from others, for those on the same machine. */
  process: text().notNull(),
  /** Grows as long as the replica lives. */
  beat: bigint({ mode: 'number' }).notNull(),
  /** Others take over its calls: it begins no more. */
  gone: boolean().notNull(),
});

/** One row an attempt of a call that has begun and not ended: what a crash of its replica charges. */
export const openCalls = pgTable(
  'open_calls',
  {
    /** The call's. */
    id: uuid().notNull(),
    /** 0: the attempt with which the call began. */
    number: integer().notNull(),
    replicaId: uuid('replica_id').notNull(),
    /** The line that a write-ahead log in a file would have. */
    record: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.number] }), index('open_calls_replica_index').on(table.replicaId, table.id)],
);
