import type { CompletionRequest } from '../domain/completion.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId } from '../domain/id.ts';
import { likelyMediaBytes, utf8Bytes } from '../domain/prompt.ts';
import type { TokenUsage } from '../domain/usage.ts';
import { noUsage } from '../domain/usage.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProviderAdapter } from '../ports/provider.ts';
import { createDeltaSink } from './deltaSink.ts';
import type { Fold, FoldedDelta } from './fold.ts';
import { createFold, foldBatch } from './fold.ts';
import { withPatience } from './patience.ts';
import type { Route } from './router.ts';
import type { Splice } from './splice.ts';
import { createTeller } from './teller.ts';
import type { TokenEstimate } from './tokenEstimate.ts';
import { startWatchdog } from './watchdog.ts';

/** One try of one offer. */
export interface AttemptSettings {
  readonly id: CompletionId;
  readonly request: CompletionRequest;
  readonly route: Route;
  readonly adapter: ProviderAdapter;
  readonly maxOutputTokens: number | null;
  readonly streamed: boolean;
  /** Monotonic time at which the whole call must be done. */
  readonly deadline: number;
  /** Aborted when the call is cancelled. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly emit: (delta: FoldedDelta) => void;
  /** Null: the reader has nothing of an answer yet. */
  readonly splice: Splice | null;
  /** So much of the told text stands, the rest is replaced by what comes. */
  readonly replace: (keepTextLength: number) => void;
}

export interface AttemptEnd {
  /** Null: it succeeded. */
  readonly error: GatewayError | null;
  /** False: the provider was never asked, so nothing is billed. */
  readonly asked: boolean;
  readonly fold: Fold;
  /** Milliseconds from the attempt's start. */
  readonly firstTokenMs: number | null;
  /** Present: it was left because it does not continue the text that had been told. */
  readonly diverged?: true;
}

/** Pumps the provider's events until the stream ends, fails, falls silent or the call is cancelled. Never rejects. */
export async function runAttempt(plan: AttemptSettings): Promise<AttemptEnd> {
  const { clock, route, request, streamed, signal } = plan;
  const fold = createFold();
  const abort = new AbortController();
  const stop = () => abort.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const since = clock.monotonic();
  let firstTokenMs: number | null = null;
  using watchdog = startWatchdog({ clock, timeouts: request.timeouts, streamed, deadline: plan.deadline, bite: stop });
  using sink = createDeltaSink({ coalesceMs: request.coalesceMs, clock, emit: plan.emit });
  let thrown: unknown = null;
  const teller = createTeller({ sink, splice: plan.splice, replace: plan.replace, onDiverged: stop });
  const pump = async () => {
    for await (const batch of plan.adapter.complete(toProviderCall(plan), abort.signal)) {
      if (abort.signal.aborted) break;
      const delta = foldBatch(fold, batch);
      // A further answer is heard, though not streamed.
      if (delta === null && batch.some(({ type }) => type === 'alternative')) watchdog.heard();
      if (delta === null) continue;
      watchdog.heard();
      firstTokenMs ??= Math.round(clock.monotonic() - since);
      teller.tell(fold, delta);
    }
    if (!abort.signal.aborted && fold.finishReason !== null) teller.end(fold);
  };
  try {
    await withPatience(clock, abort.signal, pump());
  } catch (error) {
    thrown = error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  sink.flush();
  return {
    error: errorOf({ cancelled: signal.aborted || teller.diverged, late: watchdog.error, thrown, finished: fold.finishReason !== null }),
    asked: true,
    fold,
    firstTokenMs,
    ...(teller.diverged ? { diverged: true } : {}),
  };

  function toProviderCall({ id, maxOutputTokens }: AttemptSettings) {
    const { prompt, endUser } = request;
    return { id, offer: route.offer, prompt, maxOutputTokens, streamed, requireParameters: request.route.requireParameters, endUser };
  }
}

interface Ending {
  readonly cancelled: boolean;
  readonly late: GatewayError | null;
  readonly thrown: unknown;
  readonly finished: boolean;
}

/** What an abort makes an adapter throw says nothing: who aborted does. */
function errorOf({ cancelled, late, thrown, finished }: Ending): GatewayError | null {
  if (cancelled) return new GatewayError('CANCELLED', 'The completion was cancelled.');
  if (late !== null) return late;
  if (thrown !== null) return toGatewayError(thrown);
  return finished ? null : new GatewayError('UPSTREAM_MALFORMED', 'The provider ended its answer without saying why.');
}

/**
 * What an attempt is billed for: what the provider reported; where it ended before its report, our estimate of what it read and
 * wrote; null where it never took the call. A cancelled attempt may have been taken without our hearing of it, so its prompt counts.
 */
export function billedUsage({ error, asked, fold }: AttemptEnd, route: Route, estimate: TokenEstimate): TokenUsage | null {
  if (!asked || (error !== null && error.code !== 'CANCELLED' && !fold.started)) return null;
  const reported = fold.usage ?? noUsage;
  const { inputTokens, outputTokens } = reported;
  if (fold.finishReason !== null && inputTokens !== null && outputTokens !== null) return reported;
  const written = writtenBytes(fold);
  const estimated = written === 0 ? 0 : estimate.tokens(route.model.slug, written);
  return {
    ...reported,
    inputTokens: inputTokens ?? route.inputTokens,
    outputTokens: Math.max(outputTokens ?? 0, estimated),
    basis: 'ESTIMATED',
  };
}

function writtenBytes({ text, reasoning, refusal, toolCalls, media, alternatives }: Fold): number {
  const calls = [...toolCalls.values()].reduce((sum, call) => sum + utf8Bytes(call.name) + utf8Bytes(call.arguments), 0);
  const made = media.reduce((sum, { data }) => sum + Math.min(data.length, likelyMediaBytes), 0);
  const others = [...(alternatives?.values() ?? [])].reduce((sum, other) => sum + writtenBytes(other), 0);
  return utf8Bytes(text) + utf8Bytes(reasoning) + utf8Bytes(refusal) + calls + made + others;
}

/** An attempt that was not made, because the call is over or its provider is gone. */
export function unaskedEnd({ aborted }: AbortSignal): AttemptEnd {
  return failedEnd(
    aborted
      ? new GatewayError('CANCELLED', 'The completion was cancelled.')
      : new GatewayError('NO_ROUTE', 'The provider of the offer is not connected.'),
  );
}

/** The end of an attempt in which no provider was asked. */
export function failedEnd(error: GatewayError): AttemptEnd {
  return { error, asked: false, fold: createFold(), firstTokenMs: null };
}
