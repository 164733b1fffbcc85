import { describe, expect, it } from 'vitest';
import type { ReplicaId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import { openAlertDeliveries } from '../../src/gateway/alertDelivery.ts';
import type { LogFields } from '../../src/ports/log.ts';
import type { Webhook, WebhookAnswer, WebhookMessage, WebhookSender } from '../../src/ports/webhook.ts';
import { silentTelemetry } from '../../src/telemetry/silent.ts';
import { alertAt, createFakeAlertStore } from '../support/fakeAlertStore.ts';
import type { ManualClock } from '../support/manualClock.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';

const start = Date.UTC(2026, 5, 1);
const operators: Webhook = {
  name: 'operators',
  url: 'https://hooks.example.com/T0/secret?token=x',
  secrets: [],
  kinds: ['BUDGET_THRESHOLD', 'BUDGET_OVERRUN'],
  allowPrivate: false,
  timeoutMs: 15_000,
  retry: { attempts: 3, firstDelayMs: 5000, mostDelayMs: 3_600_000 },
};
const taken: WebhookAnswer = { type: 'ANSWERED', status: 204, retryAfter: null };
const refused = (status: number, retryAfter: string | null = null): WebhookAnswer => ({ type: 'ANSWERED', status, retryAfter });

interface Sent {
  readonly webhook: string;
  readonly message: WebhookMessage;
}

/** Answers one after the other; then takes everything. `null`: says nothing until it is cancelled. */
function receiver(...answers: readonly (WebhookAnswer | null)[]) {
  const left = [...answers];
  const sent: Sent[] = [];
  const sender: WebhookSender = {
    send({ name: webhook }, message, signal) {
      sent.push({ webhook, message });
      const answer = left.length === 0 ? taken : (left.shift() ?? null);
      if (answer !== null) return Promise.resolve(answer);
      return new Promise((resolve) => {
        if (signal.aborted) resolve({ type: 'FAILED', fault: 'CANCELLED' });
        signal.addEventListener('abort', () => resolve({ type: 'FAILED', fault: 'CANCELLED' }));
      });
    },
  };
  return { sender, sent };
}

interface Line {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

function world(shared: { store?: ReturnType<typeof createFakeAlertStore>; clock?: ManualClock } = {}) {
  const store = shared.store ?? createFakeAlertStore();
  const clock = shared.clock ?? createManualClock(start);
  const lines: Line[] = [];
  const told: string[] = [];
  const log = {
    ...silentLog,
    warn: (message: string, fields: LogFields = {}) => void lines.push({ level: 'warn', message, fields }),
    error: (message: string, fields: LogFields = {}) => void lines.push({ level: 'error', message, fields }),
  };
  const open = (sender: WebhookSender, webhooks: readonly Webhook[] = [operators], replicaId: ReplicaId = toId('one')) =>
    openAlertDeliveries({
      alerts: store,
      sender,
      replicaId,
      clock,
      log,
      telemetry: { ...silentTelemetry, webhookTold: (state) => told.push(state) },
      draw: () => 0.5,
      webhooks: () => webhooks,
      write: ({ id }) => `about ${id}`,
    });
  return { store, clock, lines, told, open };
}

describe('an alert', () => {
  it('is sent to every webhook that wants its kind, as soon as it is raised', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver();
    await using _deliveries = open(sender, [operators, { ...operators, name: 'overruns', kinds: ['BUDGET_OVERRUN'] }]);
    const [threshold, overrun] = [alertAt(start + 1), alertAt(start + 2, { kind: 'BUDGET_OVERRUN', percent: null })];
    store.raise(threshold);
    store.raise(overrun);
    await clock.advance(0);
    expect(sent.map(({ webhook, message }) => [webhook, message.id])).toEqual([
      ['operators', threshold.id],
      ['operators', overrun.id],
      ['overruns', overrun.id],
    ]);
    expect(sent[0]?.message).toEqual({ id: threshold.id, at: start, body: `about ${threshold.id}` });
    expect(store.rows).toMatchObject(
      sent.map(() => ({ host: 'hooks.example.com', state: 'DELIVERED', attempts: 1, status: 204, nextAt: null })),
    );
  });

  it('is sent again under the same id until it is taken', async () => {
    const { store, clock, lines, told, open } = world();
    const { sender, sent } = receiver(refused(500), { type: 'FAILED', fault: 'CONNECTION' });
    await using _deliveries = open(sender);
    store.raise(alertAt(start));
    await clock.advance(4999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent).toHaveLength(2);
    await clock.advance(10_000);
    expect(sent.map(({ message }) => [message.id, message.at - start])).toEqual([0, 5000, 15_000].map((at) => [alertAt(start).id, at]));
    expect(store.rows).toMatchObject([{ state: 'DELIVERED', attempts: 3 }]);
    expect(told).toEqual(['PENDING', 'PENDING', 'DELIVERED']);
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn']);
  });

  it('is given up after its tries, which an operator is told as an error without the address', async () => {
    const { store, clock, lines, open } = world();
    const { sender, sent } = receiver(refused(500), refused(500), refused(418));
    await using _deliveries = open(sender);
    store.raise(alertAt(start));
    await clock.advance(86_400_000);
    expect([sent.length, store.rows]).toMatchObject([3, [{ state: 'FAILED', attempts: 3, status: 418, nextAt: null }]]);
    const { level, fields } = lines.at(-1) ?? {};
    expect([level, fields]).toMatchObject(['error', { webhook: 'operators', attempts: 3, status: 418 }]);
    expect(JSON.stringify(lines)).not.toContain('token');
  });

  it('is given up at once by a webhook that is gone', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver(refused(410));
    await using _deliveries = open(sender);
    store.raise(alertAt(start));
    await clock.advance(86_400_000);
    expect([sent.length, store.rows]).toMatchObject([1, [{ state: 'FAILED', status: 410 }]]);
  });

  it('waits as long as its receiver asks', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver(refused(429, '600'));
    await using _deliveries = open(sender);
    store.raise(alertAt(start));
    await clock.advance(599_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent).toHaveLength(2);
  });

  it('is told in the log once over two replicas, webhooks or none', async () => {
    const shared = world();
    const other = world(shared);
    const { sender } = receiver();
    await using _one = shared.open(sender, []);
    await using _other = other.open(sender, [], toId('other'));
    shared.store.raise(alertAt(start));
    await shared.clock.advance(0);
    const lines = [...shared.lines, ...other.lines];
    expect(lines.map(({ message }) => message)).toEqual(['A budget has reached a threshold.']);
    expect(lines[0]?.fields).toMatchObject({ percent: 80, used: '40000000', limit: '50000000', scope: 'API_KEY' });
  });

  it('raised while nobody ran is told by the next start', async () => {
    const { store, clock, open } = world();
    store.raise(alertAt(start - 1000));
    const { sender, sent } = receiver();
    await using _deliveries = open(sender);
    await clock.advance(0);
    expect(sent).toHaveLength(1);
  });

  it('is found without a notice', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver();
    await using _deliveries = open(sender);
    await clock.advance(0);
    store.raise(alertAt(start), 'UNNOTICED');
    await clock.advance(30_000);
    expect(sent).toHaveLength(1);
  });

  it('is given back by a process that goes, and sent by another at once', async () => {
    const { store, clock, open } = world();
    const silent = receiver(null);
    const going = open(silent.sender);
    store.raise(alertAt(start));
    await clock.advance(0);
    await going[Symbol.asyncDispose]();
    expect(store.rows).toMatchObject([{ state: 'PENDING', attempts: 0, nextAt: start }]);
    const { sender, sent } = receiver();
    await using _heir = open(sender, [operators], toId('heir'));
    await clock.advance(0);
    expect([sent.length, store.rows]).toMatchObject([1, [{ state: 'DELIVERED', attempts: 1 }]]);
  });

  it('is taken over from a replica that died over it', async () => {
    const { store, clock, open } = world();
    const silent = receiver(null);
    await using _dead = open(silent.sender);
    store.raise(alertAt(start));
    await clock.advance(0);
    const { sender, sent } = receiver();
    await using _heir = world({ store, clock }).open(sender, [operators], toId('heir'));
    await clock.advance(44_999);
    expect(sent).toHaveLength(0);
    await clock.advance(30_000);
    expect([silent.sent.length + sent.length, store.rows]).toMatchObject([2, [{ attempts: 2 }]]);
  });

  it('does not wait behind a webhook that does not answer, and no more than eight are sent at once', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver(...Array.from({ length: 9 }, () => null));
    const deliveries = open(sender);
    for (let number = 0; number < 12; number++) store.raise(alertAt(start + number));
    await clock.advance(0);
    expect(sent).toHaveLength(8);
    await deliveries[Symbol.asyncDispose]();
  });

  it('waits for a database that is away', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver();
    await using _deliveries = open(sender);
    await clock.advance(0);
    store.failure = new Error('away');
    store.raise(alertAt(start));
    await clock.advance(90_000);
    store.failure = null;
    await clock.advance(30_000);
    expect(sent).toHaveLength(1);
  });

  it('goes to a webhook that was configured meanwhile', async () => {
    const { store, clock, open } = world();
    const { sender, sent } = receiver();
    const webhooks: Webhook[] = [];
    await using deliveries = open(sender, webhooks);
    webhooks.push(operators);
    deliveries.wake();
    store.raise(alertAt(start));
    await clock.advance(0);
    expect(sent).toHaveLength(1);
  });
});
