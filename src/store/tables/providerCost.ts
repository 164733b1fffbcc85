import { bigint, date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** What providers have billed, line by line, as their exports say. The bills are the operator's, no organization's. */
export const providerCosts = pgTable(
  'provider_costs',
  {
    provider: text().notNull(),
    /** A day of the provider's calendar. */
    day: date().notNull(),
    /** The provider's name for it; empty: the line names none. */
    model: text().notNull(),
    /** Tells lines of one day and model apart. */
    lineKey: text('line_key').notNull(),
    /** Nanodollars; below 0: given back. */
    amount: bigint({ mode: 'bigint' }).notNull(),
    inputTokens: bigint('input_tokens', { mode: 'bigint' }),
    outputTokens: bigint('output_tokens', { mode: 'bigint' }),
  },
  (table) => [primaryKey({ columns: [table.provider, table.day, table.model, table.lineKey] })],
);
