import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Queries } from '../database.ts';
import { tryLock } from '../lock.ts';
import { isUuid } from '../sqlValue.ts';
import { settleClaims } from './claims.ts';
import type { Ingest } from './ingest.ts';
import { replay } from './replay.ts';
import { lockName, settleReplica } from './replica.ts';

export interface AdoptionOptions {
  /** Holds one folder a replica. */
  readonly folder: string;
  readonly own: string;
  readonly database: Queries;
  readonly ingest: Ingest;
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 30_000;

/** Takes over the logs of dead replicas: now, before it resolves, and every 30 s. */
export async function openAdoption(options: AdoptionOptions): Promise<AsyncDisposable> {
  const { clock, log } = options;
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  let timer: Timer | null = null;

  function again(): void {
    if (closed) return;
    timer = clock.timer(everyMs, () => {
      running = adoptAll(options)
        .catch((thrown: unknown) => log.warn('The log of a dead replica could not be taken over yet.', { error: thrown }))
        .then(again);
    });
  }

  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  await adoptAll(options);
  again();
  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      timer?.clear();
      await running;
    },
  };
}

/** Takes over what dead replicas left in a folder where none writes any longer; there need be none. */
export async function adoptLeftBehind(options: Omit<AdoptionOptions, 'own'>): Promise<void> {
  if (existsSync(options.folder)) await adoptAll({ ...options, own: '' });
}

async function adoptAll(options: AdoptionOptions): Promise<void> {
  for (const name of readdirSync(options.folder)) {
    const path = join(options.folder, name);
    if (isUuid(name) && path !== options.own) await adopt(options, name, path);
  }
}

async function adopt({ database, ingest, clock, log }: AdoptionOptions, replicaId: string, path: string): Promise<void> {
  // A folder without a lock and without a log is one that its replica is just opening.
  if (!existsSync(path) || readdirSync(path).length === 0) return;
  const lock = tryLock({ path: join(path, lockName), clock });
  if (lock === null) return;
  try {
    const { ended, unknown } = await replay(path, ingest);
    await settleReplica(database, replicaId, clock.now());
    await settleClaims(database, replicaId);
    rmSync(path, { recursive: true, force: true });
    log.info('The log of a replica that is gone was taken over.', { replicaId, ended, unknown });
  } finally {
    lock[Symbol.dispose]();
  }
}
