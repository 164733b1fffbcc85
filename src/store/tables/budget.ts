import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { apiKeys } from './apiKey.ts';
import { organizations } from './organization.ts';
import { teams } from './team.ts';

/** A limit. `scope` says which of the scope's columns is set. */
export const budgets = pgTable(
  'budgets',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    scope: text().notNull(),
    teamId: uuid('team_id').references(() => teams.id),
    userId: text('user_id'),
    apiKeyId: uuid('api_key_id').references(() => apiKeys.id),
    model: text(),
    tagName: text('tag_name'),
    tagValue: text('tag_value'),
    /** Of a limit that was made with a client token: nothing else is kept of the token. */
    clientTokenId: uuid('client_token_id'),
    /** It is over then, and its rows go some time later; null: never. */
    endsAt: timestamp('ends_at', { withTimezone: true }),
    meter: text().notNull(),
    /** `window` is a word of SQL. */
    window: text('window_size').notNull(),
    timeZone: text('time_zone').notNull(),
    /** In the meter's unit; nanodollars for SPEND. */
    limit: bigint('limit_amount', { mode: 'bigint' }).notNull(),
    policy: text().notNull(),
    /** Records what it would have refused, and refuses nothing. */
    shadow: boolean().notNull().default(false),
    /** Percentages at which an alert is raised. */
    thresholds: jsonb().notNull().default(sql`'[50, 80, 100]'::jsonb`),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (table) => [
    index('budgets_organization_index').on(table.organizationId, table.id),
    index('budgets_ends_index').on(table.endsAt).where(sql`${table.endsAt} is not null`),
    check('budgets_limit_check', sql`${table.limit} >= 0`),
    check('budgets_meter_check', sql`${table.meter} in ('REQUESTS', 'TOKENS', 'SPEND', 'PARALLEL')`),
    check('budgets_window_check', sql`${table.window} in ('TOTAL', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH')`),
    check('budgets_policy_check', sql`${table.policy} in ('STRICT', 'SOFT')`),
    check(
      'budgets_scope_check',
      sql`case ${table.scope}
        when 'ORGANIZATION' then num_nonnulls(${table.teamId}, ${table.userId}, ${table.apiKeyId}, ${table.model}, ${table.tagName}) = 0
        when 'TEAM' then ${table.teamId} is not null
        when 'USER' then ${table.userId} is not null
        when 'API_KEY' then ${table.apiKeyId} is not null
        when 'MODEL' then ${table.model} is not null
        when 'TAG' then ${table.tagName} is not null and ${table.tagValue} is not null
        when 'CLIENT_TOKEN' then num_nulls(${table.clientTokenId}, ${table.apiKeyId}, ${table.endsAt}) = 0
        else false
      end`,
    ),
  ],
);
