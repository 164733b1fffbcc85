import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { budgets } from './budget.ts';

// drizzle-kit cannot write a bigint default, so the zeros are SQL.
const amount = (name: string) => bigint(name, { mode: 'bigint' }).notNull().default(sql`0`);

/** One period of one budget over all replicas. `leased` is what leases hold that is neither spent nor returned. */
export const budgetWindows = pgTable(
  'budget_windows',
  {
    budgetId: uuid('budget_id')
      .notNull()
      .references(() => budgets.id),
    periodStart: timestamp('period_start', { withTimezone: true }).notNull(),
    periodEnd: timestamp('period_end', { withTimezone: true }),
    spent: amount('spent'),
    leased: amount('leased'),
    overrun: amount('overrun'),
    /** How often a replica lacked what others held: who sees it grow gives back what it does not need, whether it heard a notice or not. */
    recalls: amount('recalls'),
    /** The highest threshold, in percent of the limit, that was told of. */
    alerted: integer().notNull().default(0),
    /** How long back a window that slides counts; its period has no end. Null: all of the period counts. */
    slidingMs: integer('sliding_ms'),
    /** What a shadow budget would have refused: so many holds, and what they would have held. */
    refused: amount('refused'),
    refusedAmount: amount('refused_amount'),
  },
  (table) => [
    primaryKey({ columns: [table.budgetId, table.periodStart] }),
    index('budget_windows_ended_index').on(table.periodEnd),
    check('budget_windows_amounts_check', sql`${table.spent} >= 0 and ${table.leased} >= 0 and ${table.overrun} >= 0`),
  ],
);

/** One replica's share of one window. Totals only grow; a closed lease is settled and grows no more. */
export const leases = pgTable(
  'leases',
  {
    budgetId: uuid('budget_id').notNull(),
    periodStart: timestamp('period_start', { withTimezone: true }).notNull(),
    replicaId: uuid('replica_id').notNull(),
    granted: amount('granted'),
    spent: amount('spent'),
    overrun: amount('overrun'),
    returned: amount('returned'),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    refused: amount('refused'),
    refusedAmount: amount('refused_amount'),
  },
  (table) => [
    primaryKey({ columns: [table.budgetId, table.periodStart, table.replicaId] }),
    index('leases_replica_index').on(table.replicaId),
    // Those of replicas that are gone are many, and each sync of a window looks for the others.
    index('leases_open_index').on(table.budgetId, table.periodStart).where(sql`${table.closedAt} is null`),
    index('leases_closed_index').on(table.closedAt).where(sql`${table.closedAt} is not null`),
    check('leases_returned_check', sql`${table.returned} between 0 and ${table.granted}`),
  ],
);

/** What counts of a sliding window, and when it no longer does: a sum for each sixtieth of the window's length in which it was held. */
export const slidingSpends = pgTable(
  'sliding_spends',
  {
    budgetId: uuid('budget_id').notNull(),
    backAt: timestamp('back_at', { withTimezone: true }).notNull(),
    amount: amount('amount'),
  },
  (table) => [primaryKey({ columns: [table.budgetId, table.backAt] })],
);

/**
 * What a lease had out when its replica fell silent: counted as spent from then on, and as leased again when the replica is heard
 * or its ledger proves what it drew.
 */
export const leaseLosses = pgTable(
  'lease_losses',
  {
    budgetId: uuid('budget_id').notNull(),
    periodStart: timestamp('period_start', { withTimezone: true }).notNull(),
    replicaId: uuid('replica_id').notNull(),
    amount: amount('amount'),
    chargedAt: timestamp('charged_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.budgetId, table.periodStart, table.replicaId] })],
);

/** What the ledger proves that a replica drew from a window: counted in the statement that ingests the events, until the replica is settled. */
export const ledgerDraws = pgTable(
  'ledger_draws',
  {
    replicaId: uuid('replica_id').notNull(),
    budgetId: uuid('budget_id').notNull(),
    periodStart: timestamp('period_start', { withTimezone: true }).notNull(),
    amount: amount('amount'),
  },
  (table) => [primaryKey({ columns: [table.replicaId, table.budgetId, table.periodStart] })],
);

export const replicas = pgTable('replicas', {
  id: uuid().primaryKey(),
  address: text(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  heartbeatAt: timestamp('heartbeat_at', { withTimezone: true }).notNull(),
  goneAt: timestamp('gone_at', { withTimezone: true }),
});
