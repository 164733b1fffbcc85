import type { ModelSlug, ProviderId } from '../domain/id.ts';
import type { Alias, Model, Provider } from '../domain/model.ts';
import type { ProviderAdapter } from './provider.ts';

export interface ConnectedProvider {
  readonly provider: Provider;
  readonly adapter: ProviderAdapter;
}

/** All that can be asked for at one moment. A call keeps the snapshot it began with. */
export interface CatalogSnapshot {
  readonly models: ReadonlyMap<ModelSlug, Model>;
  readonly providers: ReadonlyMap<ProviderId, ConnectedProvider>;
  readonly aliases: ReadonlyMap<string, Alias>;
}

/** The snapshot in force; swapped whole. */
export interface Catalog {
  current(): CatalogSnapshot;
}
