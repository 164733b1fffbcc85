import { prepareFirstStart } from './app/firstStart.ts';
import { ledgerWarning, openConfiguredLedger } from './app/ledger.ts';
import type { LiveCatalog } from './app/liveCatalog.ts';
import { createReadiness } from './app/readiness.ts';
import { openSecretParts } from './app/vault.ts';
import type { Config } from './config.ts';
import type { ReplicaId } from './domain/id.ts';
import { toId } from './domain/id.ts';
import type { GatewayParts } from './gateway/createGateway.ts';
import { createApiKeySecrets } from './identity/apiKey.ts';
import { createUserTokens } from './identity/jwt.ts';
import type { Clock } from './ports/clock.ts';
import type { IdSource } from './ports/idSource.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { Telemetry } from './ports/telemetry.ts';
import type { OpenedStore } from './store/store.ts';
import { openStore } from './store/store.ts';
import { createClock } from './system/clock.ts';
import { createIds } from './system/ids.ts';

/** The gateway, listening. */
export interface App {
  /** For instance `http://127.0.0.1:4000`. */
  readonly url: string;
  /** What the file says now counts; calls under way keep what they began with. Limits of the server and the ledger need a restart. */
  apply(config: Config): Promise<void>;
  /** Stops admitting, lets calls end for `drainMs`, ends the rest honestly, books everything, closes. */
  close(): Promise<void>;
}

/** The parts that all others stand on. */
interface Ground {
  readonly config: () => Config;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly live: LiveCatalog;
  readonly store: OpenedStore;
  readonly ledger: Ledger;
  readonly replicaId: ReplicaId;
}

/** A start waits this long for what providers list; later answers join the catalog as they come. */
const listingWaitMs = 500;
const databaseConnections = 10;

/** Told the administrator's secret that a first start has made, even where the start fails after it: to be shown once. */
export type FirstKeyListener = (secret: string) => void;

/** Joins the parts of the house, from the store up, and listens. Throws what keeps it from starting; nothing is left open then. */
export async function openApp(first: Config, log: Log, onFirstKey: FirstKeyListener): Promise<App> {
  await using parts = new AsyncDisposableStack();
  let config = first;
  const clock = createClock();
  const ids = createIds(clock);
  const opening = openConfiguredStore(config, clock, log);
  // It is closed whatever fails while it opens.
  parts.defer(async () => (await opening.catch(() => null))?.[Symbol.asyncDispose]());
  const { openLiveCatalog, createGateway, prepareFront, openConfiguredAlerts, createConfiguredMetrics } = await loadRest();
  const live = parts.use(openLiveCatalog(config, { clock, log }));
  const listed = live.apply(config);
  const front = prepareFront();
  const store = await opening;
  const replicaId = toId<ReplicaId>(ids.next());
  const ledger = parts.use(await openConfiguredLedger(config, { database: store.database, replicaId, clock, log }));
  const warning = ledgerWarning(config);
  if (warning !== null) log.warn(warning);
  const { telemetry, reader } = createConfiguredMetrics(config);
  const ground: Ground = { config: () => config, clock, ids, log, telemetry, live, store, ledger, replicaId };
  // Closed after the gateway, whose last sync may raise some.
  const alerts = parts.use(openConfiguredAlerts(ground));
  const gateway = parts.use(createGateway(toGatewayParts(ground)));
  const firstKey = await prepareFirstStart({ store, secrets: createApiKeySecrets(), clock, ids, adminKey: config.adminKey });
  if (firstKey !== null) onFirstKey(firstKey);
  await Promise.race([listed, wait(clock, listingWaitMs)]);
  const readiness = createReadiness({ store, ledger, configHash: () => config.hash, ledgerWarning: warning });
  const metrics = reader(gateway.vitals);
  const server = await front.open({ config, gateway, readiness, clock, ids, log, telemetry, metrics });
  store.announce(server.url);
  const open = parts.move();
  return {
    url: server.url,
    apply(next) {
      config = next;
      alerts.wake();
      return live.apply(next);
    },
    async close() {
      await server.close({ drainMs: config.server.drainMs });
      await open.disposeAsync();
    },
  };
}

/** The embedded database opens in a thread of its own: the time is used to load what does not need it. */
async function loadRest() {
  const [catalog, gateway, front, alerts, metrics] = await Promise.all([
    import('./app/liveCatalog.ts'),
    import('./gateway/createGateway.ts'),
    import('./app/front.ts'),
    import('./app/alerts.ts'),
    import('./app/metrics.ts'),
  ]);
  return { ...catalog, ...gateway, ...front, ...alerts, ...metrics };
}

function openConfiguredStore({ dataFolder, databaseUrl, databaseDirectUrl }: Config, clock: Clock, log: Log): Promise<OpenedStore> {
  if (databaseUrl === null) return openStore({ location: { type: 'EMBEDDED', folder: dataFolder }, clock });
  const location = { type: 'POSTGRES', url: databaseUrl, directUrl: databaseDirectUrl, connections: databaseConnections } as const;
  return openStore({ location, clock, log });
}

function toGatewayParts({ config, live, ...ground }: Ground): GatewayParts {
  const { clock, log } = ground;
  return {
    ...ground,
    userTokens: createUserTokens({ issuers: () => config().issuers, fetch, clock, log }),
    catalog: live.catalog,
    secrets: createApiKeySecrets(),
    ...openSecretParts(config()),
    draw: Math.random,
    maxInFlight: config().server.maxInFlight,
    defaults: () => config().defaults,
    idempotency: () => config().idempotency,
  };
}

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.timer(delayMs, resolve);
  });
}
