import type { Completion, CompletionRequest } from '../domain/completion.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { UsageStore } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { openAccount } from './account.ts';
import { fromUsageEvent } from './answer.ts';
import { createAttemptOrder } from './attemptOrder.ts';
import type { Call } from './call.ts';
import { startCall } from './call.ts';
import type { OperationAdmission } from './callAdmission.ts';
import type { CallRegistry, OwnedCall } from './callRegistry.ts';
import { callStart } from './callStart.ts';
import type { Caller, CompletionService } from './gateway.ts';
import type { IdempotencyBook } from './idempotency.ts';
import { priceCall } from './pricedCall.ts';
import type { CallSources } from './source.ts';
import { maySeeUsage, ownScope } from './usage.ts';

export interface CompletionParts extends CallSources {
  readonly registry: CallRegistry;
  readonly idempotency: IdempotencyBook<Call>;
  readonly usage: UsageStore;
  readonly vault: Vault;
}

interface StartOptions {
  readonly streamed: boolean;
  readonly admission: OperationAdmission;
  readonly place: string;
}

interface BeginOptions extends StartOptions {
  readonly id: CompletionId;
}

export function createCompletions(parts: CompletionParts): CompletionService {
  const { registry, idempotency, catalog, usage } = parts;

  async function begin(caller: Caller, request: CompletionRequest, { id, streamed, ...room }: BeginOptions): Promise<Call> {
    const snapshot = catalog.current();
    const admission = room.admission.take(room.place);
    try {
      const { alias, ranking, spending } =
        admission.priced ?? priceCall(parts, { principal: caller.principal, draw: admission.draw }, { operation: 'COMPLETION', request });
      const start = callStart(parts, caller, { id, request, alias, streamed, operation: 'COMPLETION' });
      const account = openAccount(parts, start, { admission, spending, limits: caller.principal.limits });
      const order = createAttemptOrder(parts.attempts(), { routes: ranking.routes, account, maxOutputTokens: request.maxOutputTokens });
      const first = await order.first();
      const call = startCall(parts, { id, request, streamed, startedAt: start.startedAt, snapshot, ranking, account, order, first });
      // Whoever got the whole answer at once has it; streams and keyed calls are come back to.
      registry.add(call, caller.principal, streamed || request.idempotencyKey !== null);
      if (parts.closing.aborted) call.cancel(toGatewayError(parts.closing.reason));
      return call;
    } catch (error) {
      admission[Symbol.dispose]();
      throw error;
    }
  }

  function owned(caller: Caller, id: CompletionId): OwnedCall | null {
    const found = registry.find(id);
    return found?.owner.holder === caller.principal.holder ? found : null;
  }

  async function booked(caller: Caller, ids: readonly CompletionId[]): Promise<readonly UsageEvent[]> {
    if (ids.length === 0) return [];
    // What has just ended may not have reached the store yet.
    await parts.ledger.flush();
    const events = await usage.find(caller.principal.organizationId, ids);
    return events.filter((event) => maySeeUsage(caller, event));
  }

  return {
    start(caller, request, options) {
      const { idempotencyKey: key, timeouts } = request;
      if (key === null) return begin(caller, request, { ...options, id: toId(parts.ids.next()) });
      const { organizationId, holder } = caller.principal;
      const use = { organizationId, holder, key, mark: parts.vault.mark(canonical(request)), waitMs: timeouts.totalMs };
      return idempotency.once(use, (id) => begin(caller, request, { ...options, id }));
    },
    async resume(caller, id, after) {
      const found = owned(caller, id);
      if (found !== null) return subscribeBehind(found.call, after);
      const [event] = await booked(caller, [id]);
      if (event?.holder === caller.principal.holder)
        throw new GatewayError('STREAM_EXPIRED', 'The events of this completion are no longer kept.');
      throw new GatewayError('NOT_FOUND', 'There is no such completion.');
    },
    async cancel(caller, target) {
      const id = 'id' in target ? target.id : await idempotency.find(caller.principal.holder, target.idempotencyKey);
      const found = id === null ? null : owned(caller, id);
      if (found !== null) {
        found.call.cancel(new GatewayError('CANCELLED', 'The completion was cancelled.'));
        await found.call.ended;
        return { id: found.call.id, state: found.call.state };
      }
      const [event] = id === null ? [] : await booked(caller, [id]);
      if (event === undefined || event.holder !== caller.principal.holder)
        throw new GatewayError('NOT_FOUND', 'There is no such completion.');
      return { id: event.id, state: event.outcome };
    },
    async find(caller, ids) {
      const kept = new Map<string, Completion>();
      for (const id of ids) {
        const found = owned(caller, id);
        if (found !== null) kept.set(id, found.call.peek());
      }
      for (const event of await booked(
        caller,
        ids.filter((id) => !kept.has(id)),
      ))
        kept.set(event.id, fromUsageEvent(event, catalog.current()));
      return ids.map((id) => kept.get(id) ?? null);
    },
    async list(caller, filter, page) {
      await parts.ledger.flush();
      const { items, hasMore } = await usage.list({ ...ownScope(caller, filter), operations: ['COMPLETION'] }, page);
      return { items: items.map((event) => fromUsageEvent(event, catalog.current())), hasMore };
    },
  };
}

/** A text that is equal for requests that mean the same work; how it is read and how long it may take do not count. */
function canonical({ idempotencyKey: _, onDisconnect: __, coalesceMs: ___, timeouts: ____, ...work }: CompletionRequest): string {
  return JSON.stringify(work, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

function subscribeBehind(call: Call, after: number) {
  if (after > call.log.length) throw new GatewayError('INVALID_REQUEST', `The completion has only ${call.log.length} events so far.`);
  return call.subscribe(after);
}
