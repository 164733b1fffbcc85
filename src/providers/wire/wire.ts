import type { Dispatcher } from 'undici';
import { Pool, ProxyAgent } from 'undici';
import type { Clock } from '../../ports/clock.ts';
import type { AnswerHead, Exchange } from './exchange.ts';
import { startExchange } from './exchange.ts';
import type { Peer } from './failure.ts';
import { toConnectionError } from './failure.ts';

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** With the query, from the origin's root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string | null;
}

/** The connections to one origin. */
export interface Wire extends AsyncDisposable {
  /** Sends at once; what fails is told by the exchange. */
  send(request: WireRequest, signal: AbortSignal): Exchange;
}

export interface WireSettings {
  readonly peer: Peer;
  /** Of the provider's address, only the origin counts here. */
  readonly baseUrl: URL;
  readonly clock: Clock;
  /** The HTTP proxy in between; null: none. */
  readonly proxyUrl: string | null;
  readonly connectTimeoutMs: number;
}

/**
 * One pool an origin: as many connections as calls at once (the gateway bounds those), kept alive, HTTP/2 where TLS offers it. undici switches Nagle's
 * algorithm off on each. No timeouts but the connection's: the gateway times calls.
 */
export function openWire(settings: WireSettings): Wire {
  const { peer, baseUrl, clock } = settings;
  const { origin } = baseUrl;
  const pool = openPool(settings);
  return {
    send(request, signal) {
      const { handler, ...exchange } = startExchange({ peer, clock, signal });
      if (signal.aborted) return exchange;
      try {
        pool.dispatch(
          { origin, method: request.method, path: request.path, headers: requestHeaders(request), body: request.body },
          handler,
        );
      } catch (thrown) {
        // A header that HTTP does not allow, or a pool that is closed.
        return failedExchange(toConnectionError(thrown, peer, 'sent'));
      }
      return exchange;
    },
    async [Symbol.asyncDispose]() {
      await pool.destroy();
    },
  };
}

/** Through a proxy a tunnel is made for TLS, so that the proxy reads nothing; plain HTTP it forwards. */
function openPool({ baseUrl, proxyUrl, connectTimeoutMs }: WireSettings): Dispatcher {
  const untimed = { headersTimeout: 0, bodyTimeout: 0, pipelining: 1, allowH2: true };
  const connectTimeout = connectTimeoutMs;
  if (proxyUrl === null) return new Pool(baseUrl.origin, { ...untimed, connectTimeout });
  return new ProxyAgent({ ...untimed, connectTimeout, uri: proxyUrl, proxyTunnel: baseUrl.protocol === 'https:' });
}

/** An answer is never asked to be compressed: unpacking costs more than the few bytes of a token stream, and holds them back. */
function requestHeaders({ headers, body }: WireRequest): Record<string, string> {
  const always = { 'accept-encoding': 'identity', 'user-agent': 'modelgraph' };
  return body === null ? { ...always, ...headers } : { ...always, 'content-type': 'application/json', ...headers };
}

function failedExchange(error: unknown): Exchange {
  return {
    head: () => Promise.reject<AnswerHead>(error),
    read: () => Promise.reject<readonly Buffer[]>(error),
    close: () => undefined,
    release: () => undefined,
  };
}
