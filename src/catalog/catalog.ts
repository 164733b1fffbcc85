import type { Catalog, CatalogSnapshot } from '../ports/catalog.ts';

export interface ReplaceableCatalog extends Catalog {
  /** The next call sees the whole of it; a call under way keeps the snapshot it began with. */
  replace(snapshot: CatalogSnapshot): void;
}

export function createCatalog(initial: CatalogSnapshot): ReplaceableCatalog {
  let snapshot = initial;
  return {
    current: () => snapshot,
    replace(next) {
      snapshot = next;
    },
  };
}
