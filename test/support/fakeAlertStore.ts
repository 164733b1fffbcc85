import type { Alert, AlertDelivery } from '../../src/domain/alert.ts';
import type { AlertId, ReplicaId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { AlertStore } from '../../src/ports/store.ts';
import { budget } from './things.ts';

export interface FakeAlertStore extends AlertStore {
  readonly alerts: Alert[];
  readonly rows: (AlertDelivery & { readonly replicaId: ReplicaId | null; readonly createdAt: number })[];
  /** As the database does it. Without notice, nobody hears of it. */
  raise(alert: Alert, notice?: 'NOTICED' | 'UNNOTICED'): void;
  /** How often alerts were read. */
  readonly reads: number;
  /** How many listen. */
  readonly listeners: number;
  /** Thrown by everything while set. */
  failure: Error | null;
}

/** A uuidv7 of this moment, the `number`th in it. */
export function alertIdAt(ms: number, number = 0): AlertId {
  const hex = ms.toString(16).padStart(12, '0');
  return toId(`${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(number).padStart(12, '0')}`);
}

export function alertAt(ms: number, changes: Partial<Alert> = {}): Alert {
  return {
    id: alertIdAt(ms),
    kind: 'BUDGET_THRESHOLD',
    at: ms,
    budget,
    period: { start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 1, 1) },
    percent: 80,
    used: 40_000_000n,
    limit: 50_000_000n,
    ...changes,
  };
}

/** One table for any number of replicas. */
export function createFakeAlertStore(): FakeAlertStore {
  const planned = new Set<AlertId>();
  const listeners = new Set<() => void>();
  let reads = 0;
  const sorted = () => store.alerts.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const answer = async <Result>(read: () => Result): Promise<Result> => {
    if (store.failure !== null) throw store.failure;
    return read();
  };
  const store: FakeAlertStore = {
    alerts: [],
    rows: [],
    failure: null,
    get reads() {
      return reads;
    },
    get listeners() {
      return listeners.size;
    },
    raise(alert, notice = 'NOTICED') {
      store.alerts.push(alert);
      if (notice === 'NOTICED') for (const listener of listeners) listener();
    },
    onAlert(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    list: (_filter, { first }) => answer(() => ({ items: sorted().toReversed().slice(0, first), hasMore: store.alerts.length > first })),
    deliveries: (ids) => answer(() => store.rows.filter(({ alertId }) => ids.includes(alertId))),
    newest: () => answer(() => sorted().at(-1)?.id ?? null),
    behind(id, most) {
      reads++;
      return answer(() =>
        sorted()
          .filter((alert) => alert.id > id)
          .slice(0, most),
      );
    },
    plan: (targets, at, most) =>
      answer(() => {
        const found = sorted()
          .filter(({ id }) => !planned.has(id))
          .slice(0, most);
        for (const { id: alertId, kind } of found) {
          planned.add(alertId);
          for (const { webhook, host, kinds } of targets)
            if (kinds.includes(kind))
              store.rows.push({
                alertId,
                webhook,
                host,
                state: 'PENDING',
                attempts: 0,
                status: null,
                nextAt: at,
                replicaId: null,
                createdAt: at,
              });
        }
        return found;
      }),
    claim: ({ replicaId, webhooks, at, until, most }) =>
      answer(() => {
        const due = store.rows.filter((row) => row.state === 'PENDING' && webhooks.includes(row.webhook) && (row.nextAt ?? 0) <= at);
        return due.slice(0, most).flatMap((row) => {
          const attempts = row.attempts + 1;
          Object.assign(row, { attempts, nextAt: until, replicaId });
          const alert = store.alerts.find(({ id }) => id === row.alertId);
          return alert === undefined ? [] : [{ alert, webhook: row.webhook, attempts, createdAt: row.createdAt }];
        });
      }),
    settle: ({ alert, webhook, attempts }, replicaId, { released = false, ...outcome }) =>
      answer(() => {
        const row = store.rows.find((one) => one.alertId === alert.id && one.webhook === webhook);
        if (row === undefined || row.replicaId !== replicaId || row.attempts !== attempts) return;
        Object.assign(row, outcome, { attempts: released ? attempts - 1 : attempts });
      }),
    dueAt: (webhooks) =>
      answer(() => {
        const times = store.rows.flatMap(({ state, webhook, nextAt }) =>
          state === 'PENDING' && nextAt !== null && webhooks.includes(webhook) ? [nextAt] : [],
        );
        return times.length === 0 ? null : Math.min(...times);
      }),
  };
  return store;
}
