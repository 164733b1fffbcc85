import type { ProviderId } from '../domain/id.ts';
import type { ConnectedProvider } from '../ports/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ListedModel } from '../ports/provider.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';

/** What the providers say they serve, as they last said it. */
export interface Listings {
  known(): ReadonlyMap<ProviderId, readonly ListedModel[]>;
  /** Asks all providers that are to be discovered, at once; one that does not answer keeps its earlier listing. Answers whether anything was heard. */
  refresh(settings: readonly ProviderSettings[], connected: readonly ConnectedProvider[]): Promise<boolean>;
}

const limitMs = 10_000;

export function createListings({ clock, log }: { readonly clock: Clock; readonly log: Log }): Listings {
  const listings = new Map<ProviderId, readonly ListedModel[]>();

  async function ask({ provider, adapter }: ConnectedProvider): Promise<boolean> {
    const limit = new AbortController();
    const timer = clock.timer(limitMs, () => limit.abort());
    try {
      listings.set(provider.id, await adapter.listModels(limit.signal));
      return true;
    } catch (error) {
      log.warn('A provider did not list its models; those configured can be asked for all the same.', { provider: provider.id, error });
      return false;
    } finally {
      timer.clear();
    }
  }

  return {
    known: () => listings,
    async refresh(settings, connected) {
      const discovered = new Set(settings.filter(({ discover }) => discover).map(({ id }) => id));
      const asked = connected.filter(({ provider }) => discovered.has(provider.id));
      const heard = await Promise.all(asked.map(ask));
      return heard.includes(true);
    },
  };
}
