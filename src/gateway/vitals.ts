import type { Catalog } from '../ports/catalog.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { OfferVitals, Vitals } from '../ports/telemetry.ts';
import type { Capacity } from './capacity.ts';
import type { OfferHealth } from './offerHealth.ts';
import type { QuotaPool } from './quota.ts';

export interface VitalParts {
  readonly capacity: Pick<Capacity, 'inFlight'>;
  readonly ledger: Pick<Ledger, 'state'>;
  readonly pool: Pick<QuotaPool, 'leases'>;
  readonly catalog: Catalog;
  readonly health: Pick<OfferHealth, 'of'>;
}

/** How the gateway is now. */
export function readVitals({ capacity, ledger, pool, catalog, health }: VitalParts): Vitals {
  return { callsInFlight: capacity.inFlight, ledger: ledger.state(), leases: pool.leases(), offers: triedOffers(catalog, health) };
}

function triedOffers(catalog: Catalog, health: VitalParts['health']): readonly OfferVitals[] {
  const tried: OfferVitals[] = [];
  for (const { offers } of catalog.current().models.values()) {
    for (const { id, provider, model } of offers) {
      const { errorRate, state } = health.of(id);
      if (errorRate !== null) tried.push({ provider, model, breaker: state });
    }
  }
  return tried;
}
