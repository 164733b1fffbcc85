import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { budgets } from './budget.ts';

/** What operators are told, written by the trigger `raise_budget_alert`. What a kind of alert is not about is null. */
export const alerts = pgTable(
  'alerts',
  {
    /** A uuidv7 of the moment `at`, by the database's clock. */
    id: uuid().primaryKey(),
    /** What it is about, so that nothing is told twice: kind, budget, start of the period, percentage. */
    key: text().notNull().unique(),
    at: timestamp({ withTimezone: true }).notNull(),
    kind: text().notNull(),
    organizationId: uuid('organization_id'),
    budgetId: uuid('budget_id').references(() => budgets.id),
    periodStart: timestamp('period_start', { withTimezone: true }),
    periodEnd: timestamp('period_end', { withTimezone: true }),
    percent: integer(),
    used: bigint('used_amount', { mode: 'bigint' }),
    limit: bigint('limit_amount', { mode: 'bigint' }),
    /** When its deliveries were made; null: nobody has looked at it yet. */
    plannedAt: timestamp('planned_at', { withTimezone: true }),
  },
  (table) => [
    index('alerts_organization_index').on(table.organizationId, table.id),
    index('alerts_unplanned_index').on(table.id).where(sql`${table.plannedAt} is null`),
  ],
);

/** An alert on its way to one webhook. */
export const alertDeliveries = pgTable(
  'alert_deliveries',
  {
    alertId: uuid('alert_id')
      .notNull()
      .references(() => alerts.id),
    /** The webhook's name in the configuration. */
    webhook: text().notNull(),
    host: text().notNull(),
    state: text().notNull(),
    attempts: integer().notNull(),
    status: integer(),
    /** When it is tried again; while a replica tries it, when another may take it over. */
    nextAt: timestamp('next_at', { withTimezone: true }),
    /** Who tries it, or did last. */
    replicaId: uuid('replica_id'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.alertId, table.webhook] }),
    index('alert_deliveries_due_index').on(table.nextAt).where(sql`${table.state} = 'PENDING'`),
    check('alert_deliveries_state_check', sql`${table.state} in ('PENDING', 'DELIVERED', 'FAILED')`),
  ],
);
