import type { Page } from '../ports/store.ts';
import { invalid, readNumber } from './input/check.ts';

interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Connection<Item> {
  readonly nodes: readonly Item[];
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const usualPage = 50;
const prefix = 'after:';

/** `after` is what the place of the page before was made of; null at the beginning. Throws INVALID_REQUEST. */
export function readPage({ first, after }: PageArguments): { readonly first: number; readonly after: string | null } {
  return {
    first: readNumber(first, 'first', { least: 1, most: 100 }) ?? usualPage,
    after: after === null || after === undefined ? null : readCursor(after),
  };
}

/** `placeOf` names an item within the order of the list. */
export function toConnection<Item>(page: Page<Item>, after: string | null, placeOf: (item: Item) => string): Connection<Item> {
  const edges = page.items.map((node) => ({ cursor: toCursor(placeOf(node)), node }));
  return {
    nodes: page.items,
    edges,
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function toCursor(place: string): string {
  return Buffer.from(prefix + place).toString('base64url');
}

function readCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(prefix) || text.length === prefix.length) throw invalid('after', 'this is no cursor of the graph.');
  return text.slice(prefix.length);
}
