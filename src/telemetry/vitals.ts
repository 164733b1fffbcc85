import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';
import type { OfferVitals, Vitals } from '../ports/telemetry.ts';

const states = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 } as const satisfies Record<OfferVitals['breaker'], number>;

/** Gauges of what is looked at only when somebody collects; what this returns sets them. */
export function createVitalGauges(registry: Registry): (vitals: Vitals) => void {
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const callsInFlight = gauge('modelgraph_calls_in_flight', 'Calls under way.');
  const accepting = gauge('modelgraph_ledger_accepting', '1 while calls can be written down, 0 while all are refused.');
  const pendingEvents = gauge('modelgraph_ledger_pending_events', 'Ended calls that are not in the database yet.');
  const writeAheadBytes = gauge('modelgraph_ledger_write_ahead_bytes', 'Size of the write-ahead log.');
  const leases = gauge('modelgraph_quota_leases', 'Budget periods of which this replica has a part.');
  const leasesHeld = gauge('modelgraph_quota_leases_held', 'Those that hold something for calls under way.');
  const breakers = new Gauge({
    name: 'modelgraph_offer_breaker_state',
    help: 'Whether an offer that was tried is asked: 0 as usual, 1 by one call on trial, 2 not, because it has kept failing.',
    labelNames: ['provider', 'model'],
    registers,
  });
  return (vitals) => {
    callsInFlight.set(vitals.callsInFlight);
    accepting.set(vitals.ledger.accepting ? 1 : 0);
    pendingEvents.set(vitals.ledger.pendingEvents);
    writeAheadBytes.set(vitals.ledger.bytes);
    leases.set(vitals.leases.all);
    leasesHeld.set(vitals.leases.held);
    // An offer that is gone says nothing more.
    breakers.reset();
    for (const { provider, model, breaker } of vitals.offers) breakers.set({ provider, model }, states[breaker]);
  };
}
