import type { Ledger } from '../ports/ledger.ts';
import type { Store } from '../ports/store.ts';

export interface ReadinessCheck {
  readonly ok: boolean;
  readonly detail?: string;
  /** What an operator should change although calls can be taken. */
  readonly warning?: string;
}

/** Whether calls should be sent here, and why not. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

export interface ReadinessParts {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly configHash: () => string;
  /** What is doubtful about the place of the ledger; null: nothing. */
  readonly ledgerWarning: string | null;
}

export function createReadiness({ store, ledger, configHash, ledgerWarning }: ReadinessParts): () => Promise<ReadinessReport> {
  return async () => {
    const { accepting, pendingEvents, bytes } = ledger.state();
    const checks: Record<string, ReadinessCheck> = {
      store: await reachable(store),
      ledger: {
        ok: accepting,
        detail: `${pendingEvents} calls wait for the database, ${bytes} bytes are in the write-ahead log`,
        ...(ledgerWarning === null ? {} : { warning: ledgerWarning }),
      },
      config: { ok: true, detail: configHash() },
    };
    return { ready: Object.values(checks).every(({ ok }) => ok), checks };
  };
}

async function reachable(store: Store): Promise<ReadinessCheck> {
  try {
    await store.ping();
    return { ok: true };
  } catch {
    return { ok: false, detail: 'the database does not answer' };
  }
}
