import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId, OrganizationId } from '../domain/id.ts';
import type { Cost } from '../domain/price.ts';
import type { TokenUsage } from '../domain/usage.ts';
import { noUsage } from '../domain/usage.ts';
import type { CatalogSnapshot } from '../ports/catalog.ts';
import type { CallAccount } from './account.ts';
import type { AttemptOrder, ReadyAttempt } from './attemptOrder.ts';
import { learn, outcomeOf } from './attemptSettlement.ts';
import type { AskedPart, EmbeddingJoin } from './embeddingJoin.ts';
import { finalError } from './fallback.ts';
import type { Ranking, Route } from './router.ts';
import type { CallSources } from './source.ts';
import { startWatchdog } from './watchdog.ts';

export interface EmbeddingCallSources extends CallSources {
  readonly join: EmbeddingJoin;
}

/** Embeddings that have been admitted: the account is open, the first attempt ready. */
export interface EmbeddingPlan {
  readonly id: CompletionId;
  readonly organizationId: OrganizationId;
  readonly request: EmbeddingRequest;
  readonly inputs: readonly string[];
  readonly snapshot: CatalogSnapshot;
  readonly ranking: Ranking;
  readonly account: CallAccount;
  readonly order: AttemptOrder;
  readonly first: ReadyAttempt;
  /** True: its provider call is shared with no other caller. */
  readonly alone: boolean;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

/** The embeddings, and when the call is over: a provider's call that others share goes on without a caller who has left, and books its part. */
export interface RunningEmbeddings {
  readonly answer: Promise<Embeddings>;
  /** Never rejects. */
  readonly ended: Promise<void>;
}

/** Tries offer after offer and books the call, however it ends. */
export function runEmbeddingCall(sources: EmbeddingCallSources, plan: EmbeddingPlan): RunningEmbeddings {
  const gone = Promise.withResolvers<never>();
  const work = tryOffers(sources, plan, gone.reject);
  const ended = work.then(
    () => {},
    () => {},
  );
  return { answer: Promise.race([work, gone.promise]), ended };
}

type Leave = (error: GatewayError) => void;

async function tryOffers(sources: EmbeddingCallSources, plan: EmbeddingPlan, leave: Leave): Promise<Embeddings> {
  const { clock } = sources;
  const { order, first } = plan;
  const deadline = clock.monotonic() + plan.request.timeouts.totalMs;
  let ready = first;
  for (;;) {
    const result = await tryOffer(sources, plan, { ready, deadline, leave });
    if (!(result instanceof GatewayError)) return finish(plan, ready.route, result);
    const signal = AbortSignal.any([plan.signal, sources.closing]);
    const next = await order.next(ready, result, { deadline, signal });
    if (next === null) return fail(plan, result);
    ready = next;
  }
}

interface EmbeddingAttempt {
  readonly ready: ReadyAttempt;
  /** Monotonic time at which the call must be done. */
  readonly deadline: number;
  readonly leave: Leave;
}

async function tryOffer(
  sources: EmbeddingCallSources,
  plan: EmbeddingPlan,
  { ready, deadline, leave }: EmbeddingAttempt,
): Promise<readonly Float32Array[] | GatewayError> {
  const { route, reading } = ready;
  const settle = (error: GatewayError | null, told: Told) => {
    if (error !== null) sources.health.refused(route.offer, error);
    learn(
      sources,
      route,
      reading.settle({ outcome: outcomeOf(error), errorCode: error?.code ?? null, firstTokenMs: null, answeredModel: null, ...told }),
    );
  };
  const adapter = plan.snapshot.providers.get(route.offer.provider)?.adapter;
  // The caller may have left while the attempt was written down.
  const hindrance = whyLeft(sources, plan) ?? (adapter === undefined ? unconnected() : null);
  if (adapter === undefined || hindrance !== null) {
    const error = hindrance ?? unconnected();
    settle(error, untold);
    return error;
  }
  const asked = sources.join.ask({ ...plan, route, adapter });
  using leaving = watchLeaving(sources, plan, { asked, deadline, leave });
  try {
    const { vectors, usage, cost, providerRequestId } = await asked.answer;
    settle(leaving.error, { usage, cost, providerRequestId });
    return leaving.error ?? vectors;
  } catch (thrown) {
    const error = leaving.error ?? toGatewayError(thrown);
    // Whoever left may have been served without our hearing of it; a provider that was too slow is not paid.
    settle(error, error.code === 'CANCELLED' && asked.cut ? { ...untold, usage: likelyUsage(route) } : untold);
    return error;
  }
}

interface Told {
  readonly usage: TokenUsage | null;
  readonly cost?: Cost | null;
  readonly providerRequestId: string | null;
}

const untold: Told = { usage: null, providerRequestId: null };

function likelyUsage({ inputTokens }: Route): TokenUsage {
  return { ...noUsage, inputTokens, outputTokens: 0, basis: 'ESTIMATED' };
}

function unconnected(): GatewayError {
  return new GatewayError('NO_ROUTE', 'The provider of the offer is not connected.');
}

/** Null while somebody waits. */
function whyLeft({ closing }: CallSources, { signal }: EmbeddingPlan): GatewayError | null {
  if (closing.aborted) return toGatewayError(closing.reason);
  return signal.aborted ? new GatewayError('CANCELLED', 'The caller left before the embeddings came.') : null;
}

interface Leaving extends Disposable {
  /** Why nobody waits any more; null while somebody does. */
  readonly error: GatewayError | null;
}

interface WatchedPart {
  readonly asked: AskedPart;
  readonly deadline: number;
  readonly leave: Leave;
}

/** The caller goes, its time is over, or the process goes down: the first of them counts. */
function watchLeaving(sources: CallSources, plan: EmbeddingPlan, { asked, deadline, leave }: WatchedPart): Leaving {
  const { clock, closing } = sources;
  const { request, signal } = plan;
  let error: GatewayError | null = null;
  const end = () => {
    if (error !== null) return;
    error = watchdog.error ?? whyLeft(sources, plan) ?? new GatewayError('INTERNAL', 'The call was left for no reason.');
    if (asked.leave() === 'GOES_ON') leave(error);
  };
  const watchdog = startWatchdog({ clock, timeouts: request.timeouts, streamed: false, deadline, bite: end });
  signal.addEventListener('abort', end, { once: true });
  closing.addEventListener('abort', end, { once: true });
  return {
    get error() {
      return error;
    },
    [Symbol.dispose]() {
      watchdog[Symbol.dispose]();
      signal.removeEventListener('abort', end);
      closing.removeEventListener('abort', end);
    },
  };
}

const unsaid = { firstTokenMs: null, finishReason: null, providerFinishReason: null, plainCost: null } as const;

async function finish(
  { id, request, account }: EmbeddingPlan,
  { model, offer }: Route,
  vectors: readonly Float32Array[],
): Promise<Embeddings> {
  const { usage, cost } = await account.end({ outcome: 'SUCCEEDED', errorCode: null, ...unsaid }).catch(unbooked);
  return { id, requestedModel: request.model, model, offer, vectors, dimensions: vectors[0]?.length ?? 0, usage, cost };
}

/** What is in the ledger charges the call whole, so asking again would pay twice. */
function unbooked(cause: unknown): never {
  throw new GatewayError('OUTCOME_UNKNOWN', 'The call has ended, and its end could not be written down.', { cause });
}

async function fail({ account }: EmbeddingPlan, error: GatewayError): Promise<never> {
  const final = finalError(error, account.attempts);
  await account.end({ outcome: outcomeOf(final), errorCode: final.code, ...unsaid });
  throw final;
}
