import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { organizations } from './organization.ts';

/** A stable name over weighted versions. Each change is a new version; the one without an end is in force. */
export const aliases = pgTable(
  'aliases',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    version: integer().notNull(),
    id: uuid().notNull().unique(),
    description: text(),
    /** Route preferences that hold where a call says nothing. */
    defaults: jsonb(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    createdBy: text('created_by'),
    supersededAt: timestamp('superseded_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.name, table.version] })],
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
