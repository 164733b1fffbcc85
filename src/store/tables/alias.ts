import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { organizations } from './organization.ts';

/** A stable name over weighted models. Each publication is a new version, never changed but for its end; the one without an end is in force. */
export const aliases = pgTable(
  'aliases',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    version: integer().notNull(),
    id: uuid().notNull().unique(),
    /** Why it was published. */
    note: text(),
    /** The version that it brought back; null: it is new. */
    restores: integer(),
    /** Who is always given the same model: NONE, USER or KEY. */
    sticky: text().notNull().default('NONE'),
    disabled: boolean().notNull().default(false),
    /** Route preferences that hold where a call says nothing. */
    defaults: jsonb(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    createdBy: text('created_by').notNull(),
    createdByKind: text('created_by_kind').notNull(),
    createdByName: text('created_by_name').notNull(),
    supersededAt: timestamp('superseded_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.name, table.version] }),
    uniqueIndex('aliases_in_force_index').on(table.organizationId, table.name).where(sql`${table.supersededAt} is null`),
  ],
);

export const aliasTargets = pgTable(
  'alias_targets',
  {
    aliasId: uuid('alias_id')
      .notNull()
      .references(() => aliases.id),
    model: text().notNull(),
    weight: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.aliasId, table.model] }), index('alias_targets_model_index').on(table.model)],
);
