import { expect, it } from 'vitest';
import { keyHolder } from '../../../src/domain/holder.ts';
import type { CompletionId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { Outcome } from '../../../src/domain/usageEvent.ts';
import type { KeyClaim } from '../../../src/ports/idempotency.ts';
import { settleClaims } from '../../../src/store/ledger/claims.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { silentLog } from '../../support/silentLog.ts';
import { newCall, newUsage, nextId, seedTenancy } from '../../support/tenancySeed.ts';

const now = Date.UTC(2026, 9, 20, 12);
const hourMs = 3_600_000;

export function idempotencyCases(store: () => OpenedStore): void {
  function newClaim(changes: Partial<KeyClaim> = {}): KeyClaim {
    return {
      organizationId: toId(nextId()),
      holder: toId(`key:${nextId()}`),
      key: 'order "7" \\ é',
      mark: 'secret.mark',
      completionId: toId(nextId()),
      replicaId: toId(nextId()),
      claimedAt: now,
      expiresAt: now + hourMs,
      ...changes,
    };
  }

  const find = ({ holder, key }: KeyClaim, at = now) => store().idempotency.find(holder, key, at);

  it('gives a key to one of many who claim it at once', async () => {
    const claim = newClaim();
    const rivals = Array.from({ length: 8 }, () => ({ ...claim, completionId: toId<CompletionId>(nextId()) }));
    const taken = await Promise.all(rivals.map((rival) => store().idempotency.claim(rival)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const winner = rivals[taken.indexOf(true)];
    expect(await find(claim)).toEqual({
      mark: claim.mark,
      completionId: winner?.completionId,
      state: 'RUNNING',
      seenAt: now,
      answer: null,
    });
  });

  it('gives the same key to another API key', async () => {
    const claim = newClaim();
    const other = newClaim({ organizationId: claim.organizationId });
    expect([await store().idempotency.claim(claim), await store().idempotency.claim(other)]).toEqual([true, true]);
    expect(await find(other)).toMatchObject({ completionId: other.completionId });
  });

  it('keeps an answer to the byte, until it expires', async () => {
    const claim = newClaim();
    await store().idempotency.claim(claim);
    const answer = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
    await store().idempotency.end(claim, { answer, expiresAt: now + 2 * hourMs });
    expect(await find(claim, now + hourMs)).toMatchObject({ state: 'ENDED', answer });
    expect(await find(claim, now + 2 * hourMs)).toBeNull();
  });

  it('gives an expired key away again, without its answer', async () => {
    const claim = newClaim();
    await store().idempotency.claim(claim);
    await store().idempotency.end(claim, { answer: Uint8Array.of(1), expiresAt: now + hourMs });
    const later = { ...claim, completionId: toId<CompletionId>(nextId()), mark: 'secret.other', claimedAt: now + hourMs };
    expect(await store().idempotency.claim({ ...later, claimedAt: now + hourMs - 1 })).toBe(false);
    expect(await store().idempotency.claim({ ...later, expiresAt: now + 2 * hourMs })).toBe(true);
    expect(await find(claim, now + hourMs)).toMatchObject({ mark: 'secret.other', state: 'RUNNING', answer: null });
  });

  it('ends and releases a claim for its own call alone', async () => {
    const claim = newClaim();
    await store().idempotency.claim(claim);
    const stranger = { ...claim, completionId: toId<CompletionId>(nextId()) };
    await store().idempotency.release(stranger);
    await store().idempotency.end(stranger, { answer: null, expiresAt: now });
    expect(await find(claim)).toMatchObject({ state: 'RUNNING' });
    await store().idempotency.release(claim);
    await store().idempotency.release(claim);
    expect(await find(claim)).toBeNull();
  });

  it('hears an owner for the calls that it names, and never an earlier beat', async () => {
    const claim = newClaim();
    const other = newClaim({ replicaId: claim.replicaId });
    for (const each of [claim, other]) await store().idempotency.claim(each);
    await store().idempotency.beat(claim.replicaId, [claim.completionId], now + 5000);
    await store().idempotency.beat(claim.replicaId, [claim.completionId], now + 4000);
    await store().idempotency.beat(toId(nextId()), [other.completionId], now + 5000);
    expect([(await find(claim))?.seenAt, (await find(other))?.seenAt]).toEqual([now + 5000, now]);
  });

  it('sweeps what has expired and nothing else', async () => {
    const long = now - 1000 * hourMs;
    const old = newClaim({ claimedAt: long, expiresAt: long + 1 });
    const fresh = newClaim();
    for (const each of [old, fresh]) await store().idempotency.claim(each);
    await store().idempotency.sweep(now - 999 * hourMs);
    expect([await find(old, long), (await find(fresh))?.completionId]).toEqual([null, fresh.completionId]);
  });

  it('answers for the keys of a dead replica by what its ledger says', async () => {
    const tenancy = await seedTenancy(store());
    const replicaId = toId<KeyClaim['replicaId']>(nextId());
    const ingest = createIngest({ database: store().database, folder: '', log: silentLog });
    const run = async (outcome: Outcome | null) => {
      const call = newCall(tenancy, { replicaId });
      const claim = newClaim({
        organizationId: tenancy.organization.id,
        holder: keyHolder(tenancy.apiKey.id),
        key: nextId(),
        replicaId,
        completionId: call.id,
      });
      await store().idempotency.claim(claim);
      if (outcome !== null) await ingest([toRowJson(newUsage(call, { outcome }))]);
      return claim;
    };
    const claims = await Promise.all((['SUCCEEDED', 'UNKNOWN', 'FAILED', 'CANCELLED', null] as const).map(run));
    const other = newClaim();
    await store().idempotency.claim(other);
    for (const _time of [1, 2]) await settleClaims(store().database, replicaId);
    const states = await Promise.all([...claims, other].map(async (claim) => (await find(claim))?.state ?? null));
    expect(states).toEqual(['ENDED', 'ENDED', null, null, null, 'RUNNING']);
  });
}
