import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { organizations } from './organization.ts';
import { teams } from './team.ts';

export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    userId: text('user_id'),
    name: text().notNull(),
    scopes: jsonb().notNull(),
    /** Slugs and aliases; null: all. */
    allowedModels: jsonb('allowed_models'),
    /** CIDR ranges; null: all. */
    allowedAddresses: jsonb('allowed_addresses'),
    labels: jsonb(),
    /** Which executable directives the key may use, and their clamps; null: all. */
    directives: jsonb(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    /** Like revoked, but it can be taken back. */
    disabledAt: timestamp('disabled_at', { withTimezone: true }),
  },
  (table) => [index('api_keys_organization_index').on(table.organizationId, table.id)],
);

/** A key may have several live secrets, so that it can be changed without a gap. Only the SHA-256 of a secret is kept. */
export const apiKeySecrets = pgTable(
  'api_key_secrets',
  {
    hash: text().primaryKey(),
    apiKeyId: uuid('api_key_id')
      .notNull()
      .references(() => apiKeys.id),
    prefix: text().notNull(),
    lastFour: text('last_four').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
  },
  (table) => [index('api_key_secrets_key_index').on(table.apiKeyId, table.createdAt)],
);
