import { createCatalog } from '../catalog/catalog.ts';
import { openPriceBook } from '../catalog/priceBook.ts';
import { buildSnapshot } from '../catalog/snapshot.ts';
import type { Config } from '../config.ts';
import type { Catalog, ConnectedProvider } from '../ports/catalog.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';
import { localServerSettings } from '../providers/known.ts';
import { probeLocalServers } from '../providers/probe.ts';
import { sandboxModels } from '../providers/sandbox/catalog.ts';
import { connectSandboxes } from '../providers/sandbox/connect.ts';
import { createConnections } from './connections.ts';
import { createListings } from './listings.ts';

/** The catalog that follows the configuration, the local servers and what the providers list. */
export interface LiveCatalog extends AsyncDisposable {
  readonly catalog: Catalog;
  /** From here on this configuration counts; resolves when what the providers list is in the catalog as well. */
  apply(config: Config): Promise<void>;
}

export interface LiveCatalogParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** Listings, local servers and dated prices are looked at again after this long. */
const refreshMs = 5 * 60_000;
/** A replaced adapter outlives every call by this much. */
const marginMs = 5000;

const nothing = { models: new Map(), providers: new Map(), aliases: new Map() };

export function openLiveCatalog(config: Config, { clock, log }: LiveCatalogParts): LiveCatalog {
  const catalog = createCatalog(nothing);
  const connections = createConnections({ clock, log, keepMs: config.defaults.timeouts.totalMs + marginMs });
  const listings = createListings({ clock, log });
  const sandboxes = connectSandboxes(clock);
  if (config.probeEnabled)
    log.info('Looking for model servers on this machine, on loopback addresses only; MODELGRAPH_PROBE=off stops that.');
  let current = config;
  let timer: Timer | null = null;
  let refreshing: Promise<void> = Promise.resolve();

  async function refresh(): Promise<void> {
    timer?.clear();
    const settings = [...current.providers, ...(await findLocalServers(current, { clock, log }))];
    const connected = connections.connect(settings);
    const prices = await openPriceBook(
      settings.map(({ baseUrl }) => baseUrl),
      clock.now(),
    );
    const publish = (): void => {
      const { models, aliases, sandboxEnabled } = current;
      const providers: readonly ConnectedProvider[] = [...connected, ...(sandboxEnabled ? sandboxes : [])];
      const simulated = sandboxEnabled ? sandboxModels : [];
      catalog.replace(buildSnapshot({ providers, settings, models, listings: listings.known(), simulated, aliases, prices }));
    };
    publish();
    if (await listings.refresh(settings, connected)) publish();
    timer = clock.timer(refreshMs, () => void refreshNext());
  }

  /** One after another, so that an older configuration never replaces a newer one. */
  function refreshNext(): Promise<void> {
    refreshing = refreshing
      .then(refresh)
      .catch((error: unknown) => log.error('The catalog could not be refreshed; the one in force stays.', { error }));
    return refreshing;
  }

  return {
    catalog,
    apply(next) {
      current = next;
      return refreshNext();
    },
    async [Symbol.asyncDispose]() {
      timer?.clear();
      await refreshing;
      timer?.clear();
      await connections[Symbol.asyncDispose]();
    },
  };
}

/** Servers found on this machine, but those that the configuration names itself. */
async function findLocalServers(
  { probeEnabled, providers }: Config,
  { clock, log }: LiveCatalogParts,
): Promise<readonly ProviderSettings[]> {
  if (!probeEnabled) return [];
  const found = await probeLocalServers({ clock });
  const settings = found.map(({ server }) => localServerSettings(server));
  const others = settings.filter(({ id, baseUrl }) => !providers.some((one) => one.id === id || one.baseUrl === baseUrl));
  for (const { id, baseUrl } of others) log.info('A model server was found on this machine.', { provider: id, baseUrl });
  return others;
}
