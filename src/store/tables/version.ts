import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

/** Counts changes, each in its own transaction: who missed the notice of one sees it here. */
export const versions = pgTable('versions', {
  name: text().primaryKey(),
  version: bigint({ mode: 'bigint' }).notNull(),
});
