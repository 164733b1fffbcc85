import type { IncomingMessage } from 'node:http';

/** Which web pages may call. */
export interface OriginPolicy {
  /** Without an Origin it is no page of a browser, and nothing is to be protected. */
  allows(request: IncomingMessage): boolean;
  /** The headers that let the page at the other end read the answer. */
  headers(request: IncomingMessage): Readonly<Record<string, string>>;
}

export interface OriginOptions {
  readonly corsOrigins: readonly string[];
  readonly production: boolean;
}

const exposed = 'x-request-id, retry-after';
/** A day; browsers shorten it to their own limit. */
const preflightSeconds = '86400';
const notCors: Readonly<Record<string, string>> = { vary: 'Origin' };

/**
 * The same rule for answers that a page reads, for WebSockets and for event streams: the gateway's own pages, the listed ones and, outside production,
 * those of this machine. It guards no cookies, of which there are none, but what a visitor's network lets a foreign page reach.
 */
export function createOriginPolicy({ corsOrigins, production }: OriginOptions): OriginPolicy {
  const listed = new Set(corsOrigins);
  const allows = (request: IncomingMessage): boolean => {
    const { origin, host } = request.headers;
    if (origin === undefined || listed.has(origin)) return true;
    const url = URL.parse(origin);
    return url !== null && (url.host === host || (!production && isLoopback(url.hostname)));
  };
  return {
    allows,
    headers(request) {
      const { origin } = request.headers;
      if (origin === undefined || !allows(request)) return notCors;
      return { ...notCors, 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed };
    },
  };
}

/** What a preflight asks for, allowed to the pages that may call. */
export function preflightHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const asked = request.headers['access-control-request-headers'];
  return {
    vary: 'Origin, Access-Control-Request-Headers',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': asked ?? 'content-type, authorization',
    'access-control-max-age': preflightSeconds,
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
