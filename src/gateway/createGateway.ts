import { GatewayError } from '../domain/errors.ts';
import type { ReplicaId } from '../domain/id.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets, ClientTokens } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { UserTokens } from '../ports/issuer.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { ChangeListener, Store } from '../ports/store.ts';
import type { Telemetry, Vitals } from '../ports/telemetry.ts';
import type { Vault } from '../ports/vault.ts';
import { createAccess } from './access.ts';
import { createAdministration } from './administration.ts';
import { createAdmission } from './admission.ts';
import { createAlerts } from './alert.ts';
import { createAlertFeed } from './alertFeed.ts';
import { createAliases } from './alias.ts';
import { openAliasBook } from './aliasBook.ts';
import type { AttemptParts } from './attemptOrder.ts';
import { createBudgetBook } from './budgetBook.ts';
import { createCallRegistry } from './callRegistry.ts';
import { createCapacity } from './capacity.ts';
import { openClaims } from './claims.ts';
import { createClientTokens } from './clientToken.ts';
import { createCompletions } from './completion.ts';
import { createCosts } from './cost.ts';
import { createEmbeddings } from './embedding.ts';
import { createEstimates } from './estimate.ts';
import type { Gateway, RequestDefaults } from './gateway.ts';
import type { IdempotencySettings } from './idempotency.ts';
import { createIdempotencyBook } from './idempotency.ts';
import { keyedCompletions } from './keptAnswer.ts';
import { keyedEmbeddings } from './keptEmbeddings.ts';
import { createModels } from './models.ts';
import { createNamedUsers } from './namedUser.ts';
import { createOfferHealth } from './offerHealth.ts';
import { createQuotaPool } from './quota.ts';
import { openQuotaPruning } from './quotaPruning.ts';
import { createQuotas } from './quotas.ts';
import { createRouter } from './router.ts';
import { underRules } from './ruledCalls.ts';
import type { CallSources } from './source.ts';
import { createTokenEstimate } from './tokenEstimate.ts';
import { openTokenSweep } from './tokenSweep.ts';
import { createUsage } from './usage.ts';
import { createUserAccess } from './userAccess.ts';
import { readVitals } from './vitals.ts';
import { watchCalls, watchQuotaStore } from './watchedCalls.ts';

export interface GatewayParts {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly catalog: Catalog;
  readonly secrets: ApiKeySecrets;
  readonly tokens: ClientTokens;
  readonly userTokens: UserTokens;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly vault: Vault;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly replicaId: ReplicaId;
  readonly draw: () => number;
  readonly maxInFlight: number;
  readonly defaults: () => RequestDefaults;
  readonly idempotency: () => IdempotencySettings;
}

/** The gateway, and how it ends. */
export interface OpenGateway extends Gateway, AsyncDisposable {
  /** Admits nothing from here on. */
  stopAdmitting(): void;
  /** Resolves when every call has ended, those still under way after `drainMs` by an honest failure. */
  drain(drainMs: number): Promise<void>;
  readonly inFlight: number;
  /** For whoever watches the process. */
  vitals(): Vitals;
}

export function createGateway(parts: GatewayParts): OpenGateway {
  const { store, ledger, catalog, secrets, clock, ids, log, telemetry } = parts;
  const capacity = createCapacity(parts.maxInFlight);
  const book = createBudgetBook(store.budgets, clock);
  const quotaStore = watchQuotaStore(store.quotas, clock, telemetry);
  const pool = createQuotaPool({ store: quotaStore, replicaId: parts.replicaId, clock, log });
  const users = createUserAccess({ userTokens: parts.userTokens, users: store.tenancy, clock, ids });
  const named = createNamedUsers(store.tenancy, clock);
  const access = createAccess({
    secrets,
    tokens: parts.tokens,
    apiKeys: store.apiKeys,
    users,
    named,
    clock,
  });
  const aliases = openAliasBook({ aliases: store.aliases, clock, log });
  const changed: ChangeListener = (change) => {
    access.forget(change);
    book.forget(change);
  };
  const changes = store.onChange((change) => {
    changed(change);
    aliases.heard(change);
  });
  const alertFeed = createAlertFeed({ alerts: store.alerts, clock, log });
  const registry = createCallRegistry(clock);
  const estimate = createTokenEstimate();
  const health = createOfferHealth(clock, parts.defaults);
  const router = createRouter(estimate, health);
  const quotas = createQuotas({ book, pool, clock, log });
  const closing = new AbortController();
  const claims = openClaims({ ...parts, store: store.idempotency });
  const keyed = { ...parts, store: store.idempotency, usage: store.usage, claims, closing: closing.signal, settings: parts.idempotency };
  const attempts = (): AttemptParts => {
    const { backoffMs, attempts: mostAttempts } = parts.defaults();
    return { clock, health, draw: parts.draw, backoffMs, mostAttempts };
  };
  const sources: CallSources = { ...parts, aliases, closing: closing.signal, book, pool, estimate, health, router, attempts };
  const pruning = openQuotaPruning({ store: store.quotas, clock, log });
  const sweep = openTokenSweep({ store: store.clientTokens, clock, log });
  const allowed = underRules({
    admission: createAdmission({ ...sources, capacity, named, keys: store.idempotency }),
    completions: createCompletions({
      ...sources,
      registry,
      idempotency: createIdempotencyBook(keyed, keyedCompletions(registry)),
      usage: store.usage,
      vault: parts.vault,
    }),
    embeddings: createEmbeddings({
      ...sources,
      idempotency: createIdempotencyBook(keyed, keyedEmbeddings),
      vault: parts.vault,
      coalesceMs: () => parts.defaults().embeddings.coalesceMs,
    }),
    estimates: createEstimates(sources, quotas),
  });
  return {
    ...watchCalls(allowed, telemetry),
    access,
    clientTokens: createClientTokens({ store: store.clientTokens, tokens: parts.tokens, clock, ids }),
    models: createModels(sources, health),
    aliases: createAliases({ ...sources, store: store.aliases }),
    usage: createUsage(store.usage, ledger),
    costs: createCosts({ store, ledger, catalog, clock, ids }),
    quotas,
    alerts: createAlerts(store.alerts, alertFeed),
    administration: createAdministration({ store, secrets, changed, pool, clock, ids }),
    get defaults() {
      return parts.defaults();
    },
    get inFlight() {
      return capacity.inFlight;
    },
    vitals: () => readVitals({ capacity, ledger, pool, catalog, health }),
    stopAdmitting: capacity.close,
    async drain(drainMs) {
      await within(clock, drainMs, capacity.idle());
      const error = new GatewayError('OVERLOADED', 'The gateway is shutting down; ask again.', { retryAfterMs: 1000 });
      closing.abort(error);
      for (const call of registry.running()) call.cancel(error);
      await capacity.idle();
    },
    async [Symbol.asyncDispose]() {
      changes[Symbol.dispose]();
      aliases[Symbol.dispose]();
      await pruning[Symbol.asyncDispose]();
      await sweep[Symbol.asyncDispose]();
      alertFeed[Symbol.dispose]();
      await claims[Symbol.asyncDispose]();
      registry[Symbol.dispose]();
      await pool[Symbol.asyncDispose]();
    },
  };
}

/** Waits for the work, but no longer than this. */
async function within(clock: Clock, mostMs: number, work: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = clock.timer(mostMs, resolve);
  await Promise.race([work, late]);
  timer.clear();
}
