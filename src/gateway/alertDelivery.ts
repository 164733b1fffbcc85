import type { Alert } from '../domain/alert.ts';
import type { ReplicaId } from '../domain/id.ts';
import type { AlertDeliveryStore, ClaimedDelivery, DeliveryOutcome, DeliveryTarget } from '../ports/alert.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Webhook, WebhookAnswer, WebhookSender } from '../ports/webhook.ts';
import { nextTryAt, verdictOf } from './alertRetry.ts';

export interface AlertDeliveryParts {
  readonly alerts: AlertDeliveryStore;
  readonly sender: WebhookSender;
  readonly replicaId: ReplicaId;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** 0 to 1, at random. */
  readonly draw: () => number;
  /** As configured now. */
  readonly webhooks: () => readonly Webhook[];
  /** What a receiver is told. Holds no prompt. */
  readonly write: (alert: Alert) => string;
}

/** Tells the operator of every alert, once over all replicas, by the log and by webhooks. It works beside the calls and holds up none. */
export interface AlertDeliveries extends AsyncDisposable {
  /** There may be something to deliver: the configuration has changed. */
  wake(): void;
}

/** At once, by one replica. */
const mostSending = 8;
const mostPlanned = 100;
/** Notices get lost, and other replicas die: so often is looked, whatever is heard. */
const lookEveryMs = 30_000;
/** How much longer than its timeout a delivery stays this replica's. */
const marginMs = 30_000;

export function openAlertDeliveries(parts: AlertDeliveryParts): AlertDeliveries {
  const { alerts, replicaId, clock, log, webhooks } = parts;
  const closing = new AbortController();
  const sending = new Set<Promise<void>>();
  let looking: Promise<void> | null = null;
  let again = false;
  let timer: Timer | null = null;

  function wake(): void {
    if (closing.signal.aborted) return;
    again = looking !== null;
    looking ??= look().finally(() => {
      looking = null;
      if (again) wake();
    });
  }

  async function look(): Promise<void> {
    timer?.clear();
    let nextAt: number | null = null;
    try {
      await plan();
      await sendDue();
      nextAt = webhooks().length === 0 ? null : await alerts.dueAt(webhooks().map(({ name }) => name));
    } catch (error) {
      log.warn('Alerts could not be looked at; it is tried again.', { error });
    }
    if (closing.signal.aborted) return;
    // While all places are taken, whoever ends looks for the next.
    const full = sending.size >= mostSending;
    const delayMs = nextAt === null || full ? lookEveryMs : Math.min(lookEveryMs, Math.max(1, nextAt - clock.now()));
    timer = clock.timer(delayMs, wake);
  }

  async function plan(): Promise<void> {
    const targets = webhooks().map(toTarget);
    for (let found = mostPlanned; found === mostPlanned; ) {
      const planned = await alerts.plan(targets, clock.now(), mostPlanned);
      for (const alert of planned) logAlert(log, alert);
      found = planned.length;
    }
  }

  async function sendDue(): Promise<void> {
    const known = webhooks();
    const most = mostSending - sending.size;
    if (known.length === 0 || most <= 0) return;
    const at = clock.now();
    const until = at + Math.max(...known.map(({ timeoutMs }) => timeoutMs)) + marginMs;
    for (const claimed of await alerts.claim({ replicaId, webhooks: known.map(({ name }) => name), at, until, most })) {
      const webhook = known.find(({ name }) => name === claimed.webhook);
      if (webhook !== undefined) track(deliver(parts, { webhook, claimed, signal: closing.signal }));
    }
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => log.warn('How a webhook answered could not be written down; it may be told again.', { error }))
      .finally(() => {
        sending.delete(tracked);
        wake();
      });
    sending.add(tracked);
  }

  const listening = alerts.onAlert(wake);
  wake();
  return {
    wake,
    async [Symbol.asyncDispose]() {
      closing.abort();
      listening[Symbol.dispose]();
      await looking;
      timer?.clear();
      // What was raised by the last calls is at least in the log.
      await plan().catch((error: unknown) => log.warn('The last alerts are left to the next start.', { error }));
      await Promise.all(sending);
    },
  };
}

interface Delivery {
  readonly webhook: Webhook;
  readonly claimed: ClaimedDelivery;
  readonly signal: AbortSignal;
}

async function deliver(parts: AlertDeliveryParts, { webhook, claimed, signal }: Delivery): Promise<void> {
  const { alerts, sender, replicaId, clock, telemetry, write } = parts;
  const message = { id: claimed.alert.id, at: clock.now(), body: write(claimed.alert) };
  const answer = await sender.send(webhook, message, signal);
  const outcome = outcomeOf(parts, { webhook, claimed, answer });
  if (outcome.released !== true) telemetry.webhookTold(outcome.state);
  await alerts.settle(claimed, replicaId, outcome);
}

interface AnsweredDelivery {
  readonly webhook: Webhook;
  readonly claimed: ClaimedDelivery;
  readonly answer: WebhookAnswer;
}

function outcomeOf({ clock, log, draw }: AlertDeliveryParts, { webhook, claimed, answer }: AnsweredDelivery): DeliveryOutcome {
  const now = clock.now();
  const { attempts, createdAt, alert } = claimed;
  // This process goes; another takes it at once.
  if (answer.type === 'FAILED' && answer.fault === 'CANCELLED') return { state: 'PENDING', status: null, nextAt: now, released: true };
  const status = answer.type === 'ANSWERED' ? answer.status : null;
  const verdict = verdictOf(answer);
  if (verdict === 'DELIVERED') return { state: 'DELIVERED', status, nextAt: null };
  const retryAfter = answer.type === 'ANSWERED' ? answer.retryAfter : null;
  const nextAt = verdict === 'GONE' ? null : nextTryAt({ attempts, createdAt, now, retryAfter, limits: webhook.retry, draw: draw() });
  const fields = { webhook: webhook.name, alertId: alert.id, attempts, status, fault: answer.type === 'FAILED' ? answer.fault : null };
  if (nextAt === null) log.error('A webhook did not take an alert; it is given up.', fields);
  else log.warn('A webhook did not take an alert; it is tried again.', { ...fields, nextAt });
  return { state: nextAt === null ? 'FAILED' : 'PENDING', status, nextAt };
}

/** Of the address only the host is known elsewhere: some carry a secret. */
function toTarget({ name, url, kinds }: Webhook): DeliveryTarget {
  return { webhook: name, host: /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? '', kinds };
}

const sentences = {
  BUDGET_THRESHOLD: 'A budget has reached a threshold.',
  BUDGET_OVERRUN: 'A call drew more from a budget than was held for it.',
} as const satisfies Record<Alert['kind'], string>;

function logAlert(log: Log, { id, kind, budget, period, percent, used, limit }: Alert): void {
  const { scope, meter, window } = budget;
  const about = { alertId: id, budgetId: budget.id, organizationId: budget.organizationId, scope: scope.type, meter, window };
  log.warn(sentences[kind], { ...about, percent, used: String(used), limit: String(limit), resetsAt: period.end });
}
