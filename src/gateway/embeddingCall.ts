import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId } from '../domain/id.ts';
import type { TokenUsage } from '../domain/usage.ts';
import type { CatalogSnapshot } from '../ports/catalog.ts';
import type { EmbeddingAnswer } from '../ports/provider.ts';
import type { CallAccount } from './account.ts';
import type { ReadyAttempt } from './attemptOrder.ts';
import { nextAttempt } from './attemptOrder.ts';
import { learn } from './attemptSettlement.ts';
import { finalError } from './fallback.ts';
import { withPatience } from './patience.ts';
import type { Ranking, Route } from './router.ts';
import type { CallSources } from './source.ts';
import { startWatchdog } from './watchdog.ts';

/** Embeddings that have been admitted: the account is open, the first attempt ready. */
export interface EmbeddingPlan {
  readonly id: CompletionId;
  readonly request: EmbeddingRequest;
  readonly inputs: readonly string[];
  readonly snapshot: CatalogSnapshot;
  readonly ranking: Ranking;
  readonly account: CallAccount;
  readonly first: ReadyAttempt;
}

/** Tries offer after offer and books the call, however it ends. */
export async function runEmbeddingCall(sources: CallSources, plan: EmbeddingPlan): Promise<Embeddings> {
  const { clock } = sources;
  const { account, ranking, first } = plan;
  const deadline = clock.monotonic() + plan.request.timeouts.totalMs;
  const order = { routes: ranking.routes, account, maxOutputTokens: 0 };
  let ready = first;
  for (;;) {
    const result = await tryOffer(sources, plan, { ready, deadline });
    if (!(result instanceof GatewayError)) return finish(plan, ready.route, result);
    const next = clock.monotonic() < deadline ? await nextAttempt(order, ready, result) : null;
    if (next === null) return fail(plan, result);
    ready = next;
  }
}

interface EmbeddingAttempt {
  readonly ready: ReadyAttempt;
  /** Monotonic time at which the call must be done. */
  readonly deadline: number;
}

async function tryOffer(
  sources: CallSources,
  plan: EmbeddingPlan,
  { ready, deadline }: EmbeddingAttempt,
): Promise<EmbeddingAnswer | GatewayError> {
  const { route, reading } = ready;
  const abort = new AbortController();
  const { closing } = sources;
  const stop = () => abort.abort();
  closing.addEventListener('abort', stop, { once: true });
  if (closing.aborted) stop();
  const { timeouts } = plan.request;
  using watchdog = startWatchdog({ clock: sources.clock, timeouts, streamed: false, deadline, bite: stop });
  try {
    const answer = await withPatience(sources.clock, abort.signal, ask(plan, route, abort.signal));
    const usage = withInput(answer.usage, route);
    const { providerRequestId } = answer;
    learn(sources, route, reading.settle({ outcome: 'SUCCEEDED', errorCode: null, firstTokenMs: null, usage, providerRequestId }));
    return answer;
  } catch (thrown) {
    const error = watchdog.error ?? toGatewayError(closing.aborted ? closing.reason : thrown);
    const nothing = { firstTokenMs: null, usage: null, providerRequestId: null };
    learn(sources, route, reading.settle({ outcome: 'FAILED', errorCode: error.code, ...nothing }));
    return error;
  } finally {
    closing.removeEventListener('abort', stop);
  }
}

function ask({ id, request, inputs, snapshot }: EmbeddingPlan, { offer }: Route, signal: AbortSignal): Promise<EmbeddingAnswer> {
  const provider = snapshot.providers.get(offer.provider);
  if (provider === undefined) throw new GatewayError('NO_ROUTE', 'The provider of the offer is not connected.');
  const { dimensions, endUser, providerOptions } = request;
  return provider.adapter.embed({ id, offer, inputs, dimensions, endUser, providerOptions }, signal);
}

function withInput(usage: TokenUsage, { inputTokens }: Route): TokenUsage {
  return usage.inputTokens === null ? { ...usage, inputTokens, basis: 'ESTIMATED' } : usage;
}

const unsaid = { firstTokenMs: null, finishReason: null, providerFinishReason: null, plainCost: null } as const;

async function finish({ id, request, account }: EmbeddingPlan, { model, offer }: Route, { vectors }: EmbeddingAnswer): Promise<Embeddings> {
  const { usage, cost } = await account.end({ outcome: 'SUCCEEDED', errorCode: null, ...unsaid }).catch(unbooked);
  return { id, requestedModel: request.model, model, offer, vectors, dimensions: vectors[0]?.length ?? 0, usage, cost };
}

/** What is in the ledger charges the call whole, so asking again would pay twice. */
function unbooked(cause: unknown): never {
  throw new GatewayError('OUTCOME_UNKNOWN', 'The call has ended, and its end could not be written down.', { cause });
}

async function fail({ account }: EmbeddingPlan, error: GatewayError): Promise<never> {
  const final = finalError(error, account.attempts);
  await account.end({ outcome: 'FAILED', errorCode: final.code, ...unsaid });
  throw final;
}
