import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Vault } from '../ports/vault.ts';
import { openAccount } from './account.ts';
import { createAttemptOrder } from './attemptOrder.ts';
import type { CallAdmission } from './callAdmission.ts';
import { callStart } from './callStart.ts';
import type { EmbeddingCallSources, RunningEmbeddings } from './embeddingCall.ts';
import { runEmbeddingCall } from './embeddingCall.ts';
import type { EmbeddingGroup } from './embeddingGroup.ts';
import { groupAlike, shareAdmissions, splitAnswer } from './embeddingGroup.ts';
import { createEmbeddingJoin } from './embeddingJoin.ts';
import type { Caller, EmbeddingOptions, EmbeddingService, PlacedEmbedding } from './gateway.ts';
import type { IdempotencyBook } from './idempotency.ts';
import type { PricedCall } from './limitedCall.ts';
import type { Asker } from './offerQuestion.ts';
import { embeddingOffers } from './offerQuestion.ts';
import { priceCall } from './pricedCall.ts';
import { noRoute } from './router.ts';
import type { CallSources } from './source.ts';

export interface EmbeddingSources extends CallSources {
  readonly idempotency: IdempotencyBook<Embeddings>;
  readonly vault: Vault;
  /** How long a request waits for others to share its provider call with, in milliseconds; 0: nothing is shared. */
  readonly coalesceMs: () => number;
}

/** Who asks, the room there is for it, and when the caller goes. */
interface Asking extends EmbeddingOptions {
  readonly caller: Caller;
}

type Sources = EmbeddingSources & EmbeddingCallSources;

/**
 * Several requests of one caller; those that differ only in their inputs share one provider call and one ledger row. Calls of several
 * callers share a provider's call by the join, each with its own account.
 */
export function createEmbeddings(parts: EmbeddingSources): EmbeddingService {
  const sources: Sources = { ...parts, join: createEmbeddingJoin({ clock: parts.clock, waitMs: parts.coalesceMs }) };
  return {
    async embed(caller, asked, options) {
      const results: (Embeddings | Error)[] = asked.map(() => new GatewayError('INTERNAL', 'The request was not answered.'));
      const embedOne = async ({ asked: group, indexes }: EmbeddingGroup) => {
        const answers = await embedOnce(sources, { caller, ...options }, group).catch((error: unknown) =>
          group.map(() => toGatewayError(error)),
        );
        for (const [index, place] of indexes.entries()) results[place] = answers[index] ?? results[place] ?? toGatewayError(null);
      };
      await Promise.all(groupAlike(asked, options.admission.isLimited).map(embedOne));
      return results;
    },
  };
}

/** A request with a key of its caller's stands alone, and is answered once. */
async function embedOnce(sources: Sources, asking: Asking, asked: readonly PlacedEmbedding[]): Promise<readonly Embeddings[]> {
  const newId = () => toId<CompletionId>(sources.ids.next());
  const request = asked[0]?.request;
  const key = request?.idempotencyKey ?? null;
  if (request === undefined || key === null) return embedGroup(sources, { ...asking, id: newId() }, asked);
  const { organizationId, holder } = asking.caller.principal;
  const use = { organizationId, holder, key, mark: sources.vault.mark(canonical(request)), waitMs: request.timeouts.totalMs };
  // What is asked for under a key is answered to whoever asks again.
  const staying = { ...asking, signal: new AbortController().signal };
  return [await sources.idempotency.once(use, async (id) => only(await embedGroup(sources, { ...staying, id }, asked)))];
}

/** A text that is equal for requests that mean the same work, and for no completion's. */
function canonical({ idempotencyKey: _, timeouts: __, ...work }: EmbeddingRequest): string {
  return JSON.stringify(['embeddings', work], (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

function only([embeddings]: readonly Embeddings[]): Embeddings {
  if (embeddings === undefined) throw new GatewayError('INTERNAL', 'The request was not answered.');
  return embeddings;
}

async function embedGroup(
  sources: Sources,
  asking: Asking & { readonly id: CompletionId },
  asked: readonly PlacedEmbedding[],
): Promise<readonly Embeddings[]> {
  const running = await beginGroup(sources, asking, asked).catch((error: unknown) => {
    sources.telemetry.callsRefused(toGatewayError(error).code, 1);
    throw error;
  });
  return splitAnswer(
    await running.answer,
    asked.map(({ request }) => request),
  );
}

async function beginGroup(
  sources: Sources,
  asking: Asking & { readonly id: CompletionId },
  asked: readonly PlacedEmbedding[],
): Promise<RunningEmbeddings> {
  const [first, ...others] = asked;
  if (first === undefined) throw new GatewayError('INVALID_REQUEST', 'There is nothing to embed.');
  const { admission } = asking;
  const room = shareAdmissions([admission.take(first.place), ...others.map(({ place }) => admission.take(place))]);
  const requests = asked.map(({ request }) => request);
  const running = await startGroup(sources, { ...asking, room }, requests).catch((error: unknown) => {
    room[Symbol.dispose]();
    throw error;
  });
  void running.ended.then(room[Symbol.dispose]);
  return running;
}

interface StartingGroup extends Asking {
  readonly id: CompletionId;
  readonly room: CallAdmission;
}

async function startGroup(
  sources: Sources,
  { caller, id, room, signal }: StartingGroup,
  requests: readonly EmbeddingRequest[],
): Promise<RunningEmbeddings> {
  const [request] = requests;
  if (request === undefined) throw new GatewayError('INVALID_REQUEST', 'There is nothing to embed.');
  const snapshot = sources.catalog.current();
  const { alias, ranking, spending } = room.priced ?? priceAlike(sources, { principal: caller.principal, draw: room.draw }, requests);
  const start = callStart(sources, caller, { id, request, alias, streamed: false, operation: 'EMBEDDING' });
  const account = openAccount(sources, start, { admission: room, spending, limits: caller.principal.limits });
  const order = createAttemptOrder(sources.attempts(), { routes: ranking.routes, account, maxOutputTokens: 0 });
  const first = await order.first();
  const inputs = requests.flatMap((one) => one.inputs);
  // A limit and a key are the request's own, and so is the provider's call then.
  const alone = spending !== null || request.idempotencyKey !== null;
  const { organizationId } = start;
  return runEmbeddingCall(sources, { id, organizationId, request, inputs, snapshot, ranking, account, order, first, alone, signal });
}

/** One request whose cost may be limited, or several alike whose cost is not. */
function priceAlike(sources: CallSources, asker: Asker, requests: readonly EmbeddingRequest[]): PricedCall {
  const [request] = requests;
  if (requests.length === 1 && request !== undefined) return priceCall(sources, asker, { operation: 'EMBEDDING', request });
  const { alias, rank } = embeddingOffers(sources, asker, requests);
  const ranking = rank(null);
  if (ranking.routes.length === 0) throw noRoute(ranking.considered);
  return { alias, ranking, spending: null };
}
