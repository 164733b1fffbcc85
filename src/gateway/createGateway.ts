import { GatewayError } from '../domain/errors.ts';
import type { ReplicaId } from '../domain/id.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { createAccess } from './access.ts';
import { createAdministration } from './administration.ts';
import { createAdmission } from './admission.ts';
import { createBudgetBook } from './budgetBook.ts';
import { createCallRegistry } from './callRegistry.ts';
import { createCapacity } from './capacity.ts';
import { openClaims } from './claims.ts';
import { createCompletions } from './completion.ts';
import { createEmbeddings } from './embedding.ts';
import { createEstimates } from './estimate.ts';
import type { Gateway, RequestDefaults } from './gateway.ts';
import type { IdempotencySettings } from './idempotency.ts';
import { createIdempotencyBook } from './idempotency.ts';
import { keyedCompletions } from './keptAnswer.ts';
import { keyedEmbeddings } from './keptEmbeddings.ts';
import { createModels, slugOf } from './models.ts';
import { createOfferHealth } from './offerHealth.ts';
import { createQuotaPool } from './quota.ts';
import { createQuotas } from './quotas.ts';
import { createRouter } from './router.ts';
import type { CallSources } from './source.ts';
import { logThresholds } from './threshold.ts';
import { createTokenEstimate } from './tokenEstimate.ts';
import { createUsage } from './usage.ts';

export interface GatewayParts {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly catalog: Catalog;
  readonly secrets: ApiKeySecrets;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly vault: Vault;
  readonly log: Log;
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
}

export function createGateway(parts: GatewayParts): OpenGateway {
  const { store, ledger, catalog, secrets, clock, ids, log } = parts;
  const capacity = createCapacity(parts.maxInFlight);
  const book = createBudgetBook(store.budgets, clock);
  const pool = createQuotaPool({ store: store.quotas, replicaId: parts.replicaId, clock, log, onThreshold: logThresholds(log) });
  const access = createAccess({ secrets, apiKeys: store.apiKeys, clock });
  const registry = createCallRegistry(clock);
  const estimate = createTokenEstimate();
  const health = createOfferHealth();
  const router = createRouter(estimate, health);
  const quotas = createQuotas(book, pool);
  const closing = new AbortController();
  const claims = openClaims({ ...parts, store: store.idempotency });
  const keyed = { ...parts, store: store.idempotency, usage: store.usage, claims, closing: closing.signal, settings: parts.idempotency };
  const sources: CallSources = { ...parts, closing: closing.signal, book, pool, estimate, health, router };
  return {
    access,
    admission: createAdmission({ book, pool, capacity, resolve: (name) => slugOf(catalog.current(), name) }),
    completions: createCompletions({
      ...sources,
      registry,
      idempotency: createIdempotencyBook(keyed, keyedCompletions(registry)),
      usage: store.usage,
      vault: parts.vault,
    }),
    embeddings: createEmbeddings({ ...sources, idempotency: createIdempotencyBook(keyed, keyedEmbeddings), vault: parts.vault }),
    estimates: createEstimates(sources, quotas),
    models: createModels(catalog),
    usage: createUsage(store.usage, ledger),
    quotas,
    administration: createAdministration({ store, secrets, access, book, pool, clock, ids }),
    get defaults() {
      return parts.defaults();
    },
    get inFlight() {
      return capacity.inFlight;
    },
    stopAdmitting: capacity.close,
    async drain(drainMs) {
      await within(clock, drainMs, capacity.idle());
      const error = new GatewayError('OVERLOADED', 'The gateway is shutting down; ask again.', { retryAfterMs: 1000 });
      closing.abort(error);
      for (const call of registry.running()) call.cancel(error);
      await capacity.idle();
    },
    async [Symbol.asyncDispose]() {
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
