/** How large the body of a request, or one message of a socket, may be. */
export interface BodyLimits {
  readonly anonymousBytes: number;
  readonly authenticatedBytes: number;
  /** For whoever may make completions: images and files travel in them. */
  readonly completionBytes: number;
}

/** Times of the protocols themselves. */
export interface ServerTimeouts {
  /** For a request's headers to arrive. */
  readonly headersMs: number;
  /** For a whole request to arrive. */
  readonly requestMs: number;
  /** How long an unused connection is kept; longer than the minute of most proxies, so that they close it and not we. */
  readonly keepAliveMs: number;
  /** From the opening of a WebSocket to its `connection_init`. */
  readonly initMs: number;
  /** Between two signs of life to a WebSocket or an event stream. */
  readonly pingMs: number;
  /** From asking a connection to close to cutting it. */
  readonly closeMs: number;
}

/** The limits of the listening side. */
export interface ServerSettings {
  /** Origins of web pages that may call the graph, beside the gateway's own and, outside production, those of this machine. */
  readonly corsOrigins: readonly string[];
  /** Address ranges of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly bodyLimits: BodyLimits;
  /** WebSockets that one key, or one address without a key, may hold open. */
  readonly socketsPerKey: number;
  /** Operations under way at once on one WebSocket. */
  readonly operationsPerSocket: number;
  /** How much may wait for a reader before it counts as slow: nothing more is read for it then. */
  readonly slowReaderBytes: number;
  /** How long a reader may stay slow before it is disconnected. */
  readonly slowReaderMs: number;
  readonly timeouts: ServerTimeouts;
  /** Who reads `/metrics`: nobody, this machine and keys that hold METRICS_READ, or whoever asks. */
  readonly metrics: 'off' | 'private' | 'open';
}

export const defaultServerSettings: ServerSettings = {
  corsOrigins: [],
  trustedProxies: [],
  bodyLimits: { anonymousBytes: 65_536, authenticatedBytes: 1_048_576, completionBytes: 20_971_520 },
  socketsPerKey: 100,
  operationsPerSocket: 100,
  slowReaderBytes: 1_048_576,
  slowReaderMs: 10_000,
  timeouts: { headersMs: 5000, requestMs: 8000, keepAliveMs: 65_000, initMs: 3000, pingMs: 12_000, closeMs: 1000 },
  metrics: 'private',
};
