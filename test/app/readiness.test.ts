import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ledgerWarning } from '../../src/app/ledger.ts';
import { createReadiness } from '../../src/app/readiness.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import type { Store } from '../../src/ports/store.ts';
import { unset } from '../support/unset.ts';

const ledger = { maxBytes: 1, durability: 'write' } as const;
const memory = '/dev/shm';

function readiness(ledgerWarning: string | null, accepting = true) {
  return createReadiness({
    store: unset<Store>('store', { ping: () => Promise.resolve() }),
    ledger: unset<Ledger>('ledger', { state: () => ({ accepting, pendingEvents: 0, bytes: 0 }) }),
    configHash: () => 'hash',
    ledgerWarning,
  })();
}

describe('the readiness', () => {
  it('warns of a ledger that would be lost, and is ready all the same', async () => {
    expect(await readiness('lost')).toMatchObject({ ready: true, checks: { ledger: { ok: true, warning: 'lost' } } });
  });

  it('is not ready when the ledger takes no calls', async () => {
    const { ready, checks } = await readiness(null, false);
    expect([ready, checks['ledger']?.ok, checks['ledger']?.warning]).toEqual([false, false, undefined]);
  });
});

describe.skipIf(process.platform !== 'linux' || !existsSync(memory))('a file of the ledger in the machine’s memory', () => {
  it('is warned of, with what to do', () => {
    expect(ledgerWarning({ dataFolder: memory, ledger: { ...ledger, wal: 'file' } })).toMatch(/tmpfs.*MODELGRAPH_WAL=database/);
  });

  it('is no matter where the ledger is in the database', () => {
    expect(ledgerWarning({ dataFolder: memory, ledger: { ...ledger, wal: 'database' } })).toBe(null);
  });

  it('is not told of a folder that is not there', () => {
    expect(ledgerWarning({ dataFolder: `${tmpdir()}/nowhere`, ledger: { ...ledger, wal: 'file' } })).toBe(null);
  });
});
