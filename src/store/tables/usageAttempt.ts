import { bigint, boolean, doublePrecision, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const nanodollars = (name: string) => bigint(name, { mode: 'bigint' });
const picodollars = (name: string) => bigint(name, { mode: 'bigint' });

/**
 * One row an attempt, made by the database itself from `usage_events.attempts` in the statement that writes the call, so that the two cannot differ.
 * Partitioned by month like the calls: the clause stands in the migration by hand.
 */
export const usageAttempts = pgTable(
  'usage_attempts',
  {
    /** When the call was admitted, as in its row. */
    ts: timestamp({ withTimezone: true }).notNull(),
    /** The call's. */
    id: uuid().notNull(),
    /** From 1, in the order of the call's attempts. */
    number: smallint().notNull(),
    organizationId: uuid('organization_id').notNull(),
    provider: text().notNull(),
    offer: text().notNull(),
    model: text().notNull(),
    providerModel: text('provider_model'),
    answeredModel: text('answered_model'),
    providerRequestId: text('provider_request_id'),
    /** As in the call's row. */
    simulated: boolean().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    firstTokenMs: doublePrecision('first_token_ms'),
    durationMs: doublePrecision('duration_ms').notNull(),
    outcome: text().notNull(),
    errorCode: text('error_code'),
    inputTokens: integer('input_tokens'),
    cachedInputTokens: integer('cached_input_tokens'),
    cacheWriteTokens: integer('cache_write_tokens'),
    outputTokens: integer('output_tokens'),
    reasoningTokens: integer('reasoning_tokens'),
    /** Null: nothing was billed. */
    usageBasis: text('usage_basis'),
    costTotal: nanodollars('cost_total'),
    costInput: nanodollars('cost_input'),
    costCachedInput: nanodollars('cost_cached_input'),
    costCacheWrite: nanodollars('cost_cache_write'),
    costOutput: nanodollars('cost_output'),
    costReasoning: nanodollars('cost_reasoning'),
    costRequest: nanodollars('cost_request'),
    /** The cost is a part of what a provider's call has cost that others share. */
    apportioned: boolean().notNull(),
    /** The price in force when it began. */
    priceInput: picodollars('price_input'),
    priceCachedInput: picodollars('price_cached_input'),
    priceCacheWrite: picodollars('price_cache_write'),
    priceOutput: picodollars('price_output'),
    priceReasoning: picodollars('price_reasoning'),
    priceRequest: picodollars('price_request'),
    priceSource: text('price_source'),
  },
  (table) => [primaryKey({ columns: [table.ts, table.id, table.number] })],
);
