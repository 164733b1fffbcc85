import type { Page, PageRequest } from '../ports/store.ts';
import type { Row } from './database.ts';
import { isUuid } from './sqlValue.ts';

/** Of rows that were read one further than asked for. */
export function pageOf<Item>(rows: readonly Row[], page: PageRequest<string>, read: (row: Row) => Item): Page<Item> {
  return { items: rows.slice(0, page.first).map(read), hasMore: rows.length > page.first };
}

/** The id after which the page begins. What is no id is before all others, so that a made-up cursor shows the first page. */
export function cursorOf(page: PageRequest<string>): string | null {
  return page.after !== null && isUuid(page.after) ? page.after : null;
}
