import { toGatewayError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { QuotaStore } from '../ports/quota.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Calls } from './ruledCalls.ts';

/** The same, and what is refused is told. Calls that begin tell of themselves; embeddings tell of their refusals, too, which are answers here. */
export function watchCalls({ admission, completions, ...calls }: Calls, telemetry: Telemetry): Calls {
  const refused = (count: number) => (error: unknown) => {
    telemetry.callsRefused(toGatewayError(error).code, count);
    throw error;
  };
  return {
    ...calls,
    admission: { admit: (caller, subjects) => admission.admit(caller, subjects).catch(refused(subjects.length)) },
    completions: { ...completions, start: (caller, request, options) => completions.start(caller, request, options).catch(refused(1)) },
  };
}

/** The same, and how each exchange went is told. */
export function watchQuotaStore(store: QuotaStore, clock: Clock, telemetry: Telemetry): QuotaStore {
  return {
    async sync(replicaId, reports) {
      const since = clock.monotonic();
      let outcome: 'SUCCEEDED' | 'FAILED' = 'FAILED';
      try {
        const grants = await store.sync(replicaId, reports);
        outcome = 'SUCCEEDED';
        return grants;
      } finally {
        telemetry.quotasSynced(outcome, clock.monotonic() - since);
      }
    },
    prune: (before) => store.prune(before),
    onRecall: (replicaId, listener) => store.onRecall(replicaId, listener),
  };
}
