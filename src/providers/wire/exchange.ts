import type { Dispatcher } from 'undici';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { ExchangePhase, Peer } from './failure.ts';
import { toConnectionError } from './failure.ts';
import { createInbox } from './inbox.ts';

export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface AnswerHead {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** When it arrived, in milliseconds since 1970. */
  readonly receivedAt: number;
}

/** One request and its answer, as it arrives. Rejections are GatewayErrors, or the signal's reason after an abort. */
export interface Exchange {
  /** Resolves when the answer's headers have arrived. */
  head(): Promise<AnswerHead>;
  /** All of the body that has arrived since the last call, waiting for some; empty at its end. One caller at a time. */
  read(): Promise<readonly Buffer[]>;
  /** Nothing more is wanted: the connection is closed at once, unless the answer has ended. */
  close(): void;
  /** The rest is not wanted but should be short: the connection stays for the next request if the answer ends soon. */
  release(): void;
}

/** Where the exchange is plugged into undici. */
export interface StartedExchange extends Exchange {
  readonly handler: Dispatcher.DispatchHandler;
}

/** A reader that lags this far behind stops the socket; what is in the kernel's buffers then stops the provider. */
const undeliveredLimitBytes = 1024 * 1024;

/** How long, and for how much, the end of an answer is waited for that was already read to its meaning. */
const releaseMs = 1000;
const releaseBytes = 64 * 1024;

interface ExchangeTools {
  readonly peer: Peer;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** undici calls back once per HTTP chunk, many times in one read of the socket: all of these wait in the inbox and make one batch. */
export function startExchange({ peer, clock, signal }: ExchangeTools): StartedExchange {
  const head = Promise.withResolvers<AnswerHead>();
  // Nobody may be waiting yet when it fails.
  head.promise.catch(() => undefined);
  const inbox = createInbox();
  let controller: Dispatcher.DispatchController | null = null;
  let phase: ExchangePhase = 'sent';
  let over = false;
  let unwanted: { readonly timer: Timer; bytes: number } | null = null;

  const settle = (): void => {
    over = true;
    signal.removeEventListener('abort', abort);
    unwanted?.timer.clear();
  };
  const fail = (error: unknown): void => {
    settle();
    head.reject(error);
    inbox.fail(error);
  };
  const stop = (reason: unknown): void => {
    if (over) return;
    inbox.clear();
    fail(reason);
    controller?.abort(toError(reason));
  };
  const abort = (): void => stop(signal.reason);
  const close = (): void => stop(new Error('The exchange was closed.'));
  const flow = (): void => {
    if (controller?.paused === true) controller.resume();
  };

  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });

  return {
    head: () => head.promise,
    async read() {
      const pieces = await inbox.take();
      flow();
      return pieces;
    },
    close,
    release() {
      if (over) return;
      signal.removeEventListener('abort', abort);
      unwanted = { timer: clock.timer(releaseMs, close), bytes: 0 };
      flow();
    },
    handler: {
      onRequestStart(started) {
        controller = started;
        if (over) started.abort(new Error('The request was given up before it was sent.'));
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return;
        phase = 'answering';
        head.resolve({ status, headers, receivedAt: clock.now() });
      },
      onResponseData(started, piece) {
        if (unwanted !== null) {
          unwanted.bytes += piece.length;
          if (unwanted.bytes > releaseBytes) close();
          return;
        }
        inbox.put(piece);
        if (inbox.bytes > undeliveredLimitBytes) started.pause();
      },
      onResponseEnd() {
        settle();
        inbox.end();
      },
      onResponseError(_controller, error) {
        if (!over) fail(toConnectionError(error, peer, phase));
      },
    },
  };
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The request was aborted.', { cause: reason });
}
