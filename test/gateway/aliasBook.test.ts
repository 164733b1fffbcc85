import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { openAliasBook } from '../../src/gateway/aliasBook.ts';
import { createFakeAliasStore } from '../support/fakeAliasStore.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';
import { newAct } from '../support/tenancySeed.ts';
import { organization } from '../support/things.ts';

const owned = { organizationId: organization.id, name: 'fast' };

function world() {
  const clock = createManualClock();
  const store = createFakeAliasStore(() => undefined);
  const publish = (model: string, organizationId = organization.id) =>
    store.publish(
      {
        ...owned,
        organizationId,
        rowId: 'row',
        targets: [{ model: toId(model), weight: 1 }],
        sticky: 'NONE',
        disabled: false,
        note: null,
        restores: null,
      },
      newAct('PUBLISH_ALIAS'),
    );
  const open = () => openAliasBook({ aliases: store, clock, log: silentLog });
  return { clock, store, publish, open };
}

const modelOf = (book: ReturnType<typeof openAliasBook>) => book.find(organization.id, 'fast')?.targets[0]?.model ?? null;

describe('the book of aliases', () => {
  it('knows all of them once it has read them, and asks no more', async () => {
    const { store, publish, open } = world();
    await publish('acme/chat');
    await publish('acme/other', toId('o2'));
    using book = open();
    expect(() => modelOf(book)).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE', retryAfterMs: 1000 }));
    await book.ready();
    expect([book.ready(), modelOf(book), book.list(toId('o2')).length, store.reads]).toEqual([null, 'acme/chat', 1, 1]);
    expect(book.find(organization.id, 'slow')).toBeNull();
  });

  it('reads again what it hears of, and nothing else', async () => {
    const { store, publish, open } = world();
    using book = open();
    await book.ready();
    await publish('acme/chat');
    book.heard({ type: 'BUDGET', organizationId: organization.id, id: 'b1' });
    expect([store.reads, modelOf(book)]).toEqual([1, null]);
    book.heard({ type: 'ALIAS', organizationId: organization.id, id: 'fast' });
    await book.reload(organization.id);
    expect([store.reads, modelOf(book)]).toEqual([2, 'acme/chat']);
    await store.delete(owned, newAct('DELETE_ALIAS'));
    book.heard(null);
    await book.reload(organization.id);
    expect([store.reads, modelOf(book)]).toEqual([3, null]);
  });

  it('has what was published while it was reading', async () => {
    const { store, publish, open } = world();
    using book = open();
    await book.ready();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.gate = promise;
    const early = book.reload(organization.id);
    await Promise.resolve();
    await publish('acme/chat');
    const late = book.reload(organization.id);
    resolve();
    await early;
    expect(modelOf(book)).toBeNull();
    await late;
    expect(modelOf(book)).toBe('acme/chat');
  });

  it('keeps what it knows while the database is away, and reads it when it is back', async () => {
    const { clock, store, publish, open } = world();
    await publish('acme/chat');
    using book = open();
    await book.ready();
    await publish('acme/other');
    store.failure = new GatewayError('STORE_UNAVAILABLE', 'Away.');
    await book.reload(organization.id);
    expect(modelOf(book)).toBe('acme/chat');
    await clock.advance(1000);
    expect(modelOf(book)).toBe('acme/chat');
    store.failure = null;
    await clock.advance(1000);
    expect(modelOf(book)).toBe('acme/other');
    expect(clock.waiting).toBe(0);
  });

  it('that cannot be read says so to whoever waits, and tries again', async () => {
    const { clock, store, publish, open } = world();
    await publish('acme/chat');
    store.failure = new GatewayError('STORE_UNAVAILABLE', 'Away.');
    using book = open();
    await expect(book.ready()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    store.failure = null;
    await clock.advance(1000);
    expect([book.ready(), modelOf(book)]).toEqual([null, 'acme/chat']);
  });
});
