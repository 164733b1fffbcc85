import type { AsyncLocalStorage } from 'node:async_hooks';
import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { headerValue, readBodyType, readErrorBody, wholeLimitBytes } from '../wire/body.ts';
import type { AnswerHeaders, Exchange } from '../wire/exchange.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readRateLimits } from '../wire/rateLimits.ts';
import type { Wire, WireRequest } from '../wire/wire.ts';
import { openWire } from '../wire/wire.ts';
import type { CallScope } from './callScope.ts';
import { isOwnField } from './ownFields.ts';

/** The network as a package sees it. */
export interface PackageNetwork extends AsyncDisposable {
  readonly fetch: typeof globalThis.fetch;
}

interface NetworkTools {
  readonly peer: Peer;
  readonly settings: Pick<ProviderSettings, 'proxyUrl' | 'connectTimeoutMs' | 'extraBody'>;
  readonly clock: Clock;
  /** The call under way: what it opens is closed with it. */
  readonly scopes: AsyncLocalStorage<CallScope>;
}

/** One line of a stream longer than this is no answer but a fault. */
const lineLimitBytes = 10 * 1024 * 1024;

/**
 * A `fetch` over the connections of all other formats, so that proxies, limits, failures and leaving are alike for all: no redirects, nothing
 * compressed, nothing without a bound. What it rejects with is an error of ours, which packages hand on as it is.
 */
export function openNetwork(tools: NetworkTools): PackageNetwork {
  const { peer, settings, clock, scopes } = tools;
  const wires = new Map<string, Wire>();
  const wireTo = (baseUrl: URL): Wire => {
    const known = wires.get(baseUrl.origin);
    if (known !== undefined) return known;
    const wire = openWire({ peer, baseUrl, clock, proxyUrl: settings.proxyUrl, connectTimeoutMs: settings.connectTimeoutMs });
    wires.set(baseUrl.origin, wire);
    return wire;
  };

  return {
    async fetch(input, more) {
      const init =
        input instanceof Request
          ? { method: input.method, headers: input.headers, body: input.body, signal: input.signal, ...more }
          : (more ?? {});
      const scope = scopes.getStore();
      const url = new URL(input instanceof Request ? input.url : input);
      const headers = toHeaders(init.headers);
      const body = withFields({ body: toText(init.body, peer), headers }, settings.extraBody, peer);
      const signals = [scope?.signal, init.signal].filter((signal) => signal instanceof AbortSignal);
      const request = { method: init.method === 'POST' ? 'POST' : 'GET', path: `${url.pathname}${url.search}`, headers, body } as const;
      const exchange = wireTo(url).send(request, AbortSignal.any(signals));
      scope?.add(exchange);
      return await toResponse(exchange, peer, scope);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...wires.values()].map((wire) => wire[Symbol.asyncDispose]()));
    },
  };
}

/** Headers of the connection are the connection's own. */
const wireHeaders = ['connection', 'content-length', 'host', 'transfer-encoding'];

function toHeaders(init: RequestInit['headers']): Record<string, string> {
  const headers = new Headers(init);
  for (const name of wireHeaders) headers.delete(name);
  return { ...Object.fromEntries(headers), 'accept-encoding': 'identity' };
}

function toText(body: RequestInit['body'], peer: Peer): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  throw new GatewayError('UNSUPPORTED_PARAMETER', `${peer.name} would have to be sent something else than JSON by its package.`, {
    details: { provider: peer.id },
  });
}

/** The operator's fields replace what the package wrote, but for what the gateway set: they may be a policy, so they are never left out. */
function withFields({ body, headers }: Pick<WireRequest, 'body' | 'headers'>, fields: JsonObject, peer: Peer): string | null {
  if (body === null || Object.keys(fields).length === 0) return body;
  const value: unknown = JSON.parse(body);
  const signed = headers['authorization']?.startsWith('AWS4-') === true;
  if (isJsonObject(value) && !signed) {
    const kept = Object.entries(value).filter(([name]) => isOwnField(name));
    return JSON.stringify({ ...value, ...fields, ...Object.fromEntries(kept) });
  }
  throw new GatewayError('UPSTREAM_REFUSED', `${peer.name} cannot be asked: extraBody cannot be put into what its package sends.`, {
    details: { provider: peer.id },
  });
}

async function toResponse(exchange: Exchange, peer: Peer, scope: CallScope | undefined): Promise<Response> {
  const { status, headers, receivedAt } = await exchange.head();
  if (status < 200 || status >= 300) {
    const body = JSON.stringify(await readErrorBody(exchange));
    return new Response(withoutBody.has(status) ? null : body, { status, headers: responseHeaders(headers) });
  }
  // Looked at for its packing alone: what else the body may be, the package knows.
  readBodyType(headers, peer);
  const limits = readRateLimits(headers, receivedAt);
  if (limits !== null) scope?.hear(limits);
  const lines = /event-stream|ndjson/.test(headerValue(headers, 'content-type') ?? '');
  return new Response(withoutBody.has(status) ? null : toStream(exchange, scope, limiterOf(peer, lines)), {
    status,
    headers: responseHeaders(headers),
  });
}

/** Statuses whose answers have none, which `Response` holds callers to. */
const withoutBody = new Set([204, 205, 304]);

function responseHeaders(headers: AnswerHeaders): Headers {
  const names = Object.keys(headers).filter((name) => !wireHeaders.includes(name));
  return new Headers(names.map((name) => [name, headerValue(headers, name) ?? '']));
}

function toStream(exchange: Exchange, scope: CallScope | undefined, limit: (piece: Buffer) => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await scope?.wanted();
        const pieces = await exchange.read();
        if (pieces.length === 0) controller.close();
        for (const piece of pieces) {
          limit(piece);
          controller.enqueue(piece);
        }
      },
      cancel: () => exchange.close(),
    },
    { highWaterMark: 0 },
  );
}

/** Throws where a line of a stream, or a whole answer, is longer than any can be: the package would keep all of it. */
function limiterOf(peer: Peer, lines: boolean): (piece: Buffer) => void {
  let bytes = 0;
  return (piece) => {
    const end = lines ? piece.lastIndexOf(0x0a) : -1;
    bytes = end < 0 ? bytes + piece.length : piece.length - end - 1;
    if (lines && bytes > lineLimitBytes) throw malformed(peer, 'sent an event of more than 10 MiB');
    if (bytes > wholeLimitBytes) throw malformed(peer, 'sent an answer of more than 64 MiB');
  };
}
