import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const nanodollars = (name: string) => bigint(name, { mode: 'bigint' });

/** One row a call, written once. Partitioned by month: the clause stands in the migration by hand, since drizzle-kit does not know it. */
export const usageEvents = pgTable(
  'usage_events',
  {
    /** When the call was admitted. */
    ts: timestamp({ withTimezone: true }).notNull(),
    id: uuid().notNull(),
    replicaId: uuid('replica_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    teamId: uuid('team_id').notNull(),
    userId: text('user_id'),
    apiKeyId: uuid('api_key_id'),
    /** Whose call it is; null in rows of before there were others than keys. */
    holder: text(),
    endUser: text('end_user'),
    tags: jsonb().notNull(),
    operation: text().notNull(),
    streamed: boolean().notNull(),
    requestedModel: text('requested_model').notNull(),
    alias: text(),
    model: text(),
    provider: text(),
    offer: text(),
    region: text(),
    simulated: boolean().notNull(),
    outcome: text().notNull(),
    errorCode: text('error_code'),
    inputTokens: integer('input_tokens'),
    cachedInputTokens: integer('cached_input_tokens'),
    cacheWriteTokens: integer('cache_write_tokens'),
    outputTokens: integer('output_tokens'),
    reasoningTokens: integer('reasoning_tokens'),
    usageBasis: text('usage_basis').notNull(),
    costTotal: nanodollars('cost_total'),
    costInput: nanodollars('cost_input'),
    costCachedInput: nanodollars('cost_cached_input'),
    costCacheWrite: nanodollars('cost_cache_write'),
    costOutput: nanodollars('cost_output'),
    costReasoning: nanodollars('cost_reasoning'),
    costRequest: nanodollars('cost_request'),
    saved: nanodollars('saved'),
    firstTokenMs: doublePrecision('first_token_ms'),
    durationMs: doublePrecision('duration_ms').notNull(),
    finishReason: text('finish_reason'),
    providerFinishReason: text('provider_finish_reason'),
    /** As in the domain, amounts as strings. */
    attempts: jsonb().notNull(),
    draws: jsonb().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ts, table.id] }),
    index('usage_events_organization_index').on(table.organizationId, table.ts),
    index('usage_events_page_index').on(table.organizationId, table.id),
  ],
);
