import { EventEmitter, once } from 'node:events';
import type { CompletionEvent } from '../../src/domain/completion.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import type { Principal } from '../../src/domain/principal.ts';
import type { EventCursor, Leaving } from '../../src/gateway/cursor.ts';
import type { EndListener } from '../../src/gateway/endWatch.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { createGraph, createSchema } from '../../src/graphql/createGraph.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Server, ServerOptions } from '../../src/server/createServer.ts';
import { createServer } from '../../src/server/createServer.ts';
import type { ServerSettings } from '../../src/server/settings.ts';
import { defaultServerSettings } from '../../src/server/settings.ts';
import { silentTelemetry } from '../../src/telemetry/silent.ts';
import type { EventLog } from '../support/eventLog.ts';
import { createEventLog } from '../support/eventLog.ts';
import type { FakeServices } from '../support/fakeGateway.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import type { ManualClock } from '../support/manualClock.ts';
import { createManualClock } from '../support/manualClock.ts';
import { sdl } from '../support/sdl.ts';
import { completion, eventsOf, principalWith } from '../support/things.ts';

/** Keys of the world, and who holds them. */
export const keys: Readonly<Record<string, Principal>> = {
  mg_live_admin: principalWith('ADMIN'),
  mg_live_collector: { ...principalWith('METRICS_READ'), id: 'k3', apiKeyId: toId('k3'), holder: toId('key:k3') },
  mg_live_reader: { ...principalWith('MODELS_READ'), id: 'k2', apiKeyId: toId('k2'), holder: toId('key:k2') },
};

const schema = createSchema(sdl);

export const adminHeader = 'Bearer mg_live_admin';

export interface World extends AsyncDisposable {
  readonly server: Server;
  readonly clock: ManualClock;
  /** The keys that have been revoked since. */
  readonly revoked: Set<string>;
  /** Revokes a key, and tells whoever watches for its end. */
  end(key: string): void;
  /** How many watch for the end of a key. */
  readonly watchers: number;
  readonly url: string;
  readonly socketUrl: string;
  /** What was logged as an error. */
  readonly logged: string[];
}

export interface WorldOptions {
  readonly services?: FakeServices;
  readonly settings?: Partial<ServerSettings>;
  readonly options?: Partial<ServerOptions>;
}

/** A server with real sockets and a clock moved by hand, over a gateway of what a test sets. */
export async function openWorld({ services = {}, settings = {}, options = {} }: WorldOptions = {}): Promise<World> {
  const clock = createManualClock();
  const revoked = new Set<string>();
  const watchers = new Map<EndListener, Principal>();
  const logged: string[] = [];
  const log = recordErrors(logged);
  const gateway: Gateway = fakeGateway({ ...services, access: { ...accessOf(revoked, watchers), ...services.access } });
  let requests = 0;
  const server = await createServer({
    graph: createGraph({ schema, gateway, clock, log }),
    access: gateway.access,
    settings: { ...defaultServerSettings, ...settings },
    clock,
    log,
    telemetry: silentTelemetry,
    metrics: null,
    newRequestId: () => `request-${++requests}`,
    host: '127.0.0.1',
    port: 0,
    production: false,
    readiness: async () => ({ ready: true, checks: { store: { ok: true } } }),
    playgroundFolder: 'no/such/folder',
    shutdown: { stopAdmitting: () => undefined, drain: async () => undefined },
    ...options,
  });
  return {
    server,
    clock,
    revoked,
    logged,
    end(key) {
      revoked.add(key);
      const error = new GatewayError('UNAUTHENTICATED', 'The API key has been revoked.');
      for (const [listener, principal] of watchers) if (principal === keys[key]) listener(error);
    },
    get watchers() {
      return watchers.size;
    },
    url: `${server.url}/graphql`,
    socketUrl: `${server.url.replace('http', 'ws')}/graphql`,
    async [Symbol.asyncDispose]() {
      const closed = server.close({ drainMs: 0 });
      // What still runs is given a while to end, then whoever does not answer the closing is cut off.
      await clock.advance(defaultServerSettings.timeouts.closeMs);
      await clock.advance(defaultServerSettings.timeouts.closeMs);
      await closed;
    },
  };
}

function accessOf(revoked: ReadonlySet<string>, watchers: Map<EndListener, Principal>): Gateway['access'] {
  return {
    async authenticate(credential) {
      const principal = keys[credential];
      if (principal === undefined || revoked.has(credential)) throw new GatewayError('UNAUTHENTICATED', 'The API key is not known.');
      return principal;
    },
    async renew(principal) {
      if ([...revoked].some((key) => keys[key] === principal)) throw new GatewayError('UNAUTHENTICATED', 'The API key has been revoked.');
      return principal;
    },
    onEnd(principal, listener) {
      watchers.set(listener, principal);
      return { [Symbol.dispose]: () => void watchers.delete(listener) };
    },
  };
}

function recordErrors(logged: string[]): Log {
  const log: Log = { debug() {}, info() {}, warn() {}, error: (message) => void logged.push(message), with: () => log };
  return log;
}

export interface StreamWorld extends World {
  readonly events: EventLog<CompletionEvent>;
  /** Resolves when so many readers have come in all. */
  reading(readers: number): Promise<void>;
  /** How the next reader goes that nobody has asked about yet. */
  left(): Promise<Leaving>;
  /** How many events have been read, by all readers. */
  readCount(): number;
  /** From now on the events are no longer kept. */
  forget(sentence: string): void;
}

/** A world in which every completion stream tells what the test appends. */
export async function openStreamWorld(options: WorldOptions = {}): Promise<StreamWorld> {
  const events = createEventLog<CompletionEvent>();
  const came = new EventEmitter();
  const leavings: Leaving[] = [];
  let readers = 0;
  let read = 0;
  let forgotten: GatewayError | null = null;
  const subscribe = (after: number): EventCursor<CompletionEvent> => {
    const cursor = events.cursor(after);
    readers++;
    came.emit('reader');
    let left = false;
    return {
      ...cursor,
      get ended() {
        return cursor.ended;
      },
      read(most) {
        if (forgotten !== null) throw forgotten;
        const batch = cursor.read(most);
        read += batch.length;
        return batch;
      },
      close(leaving = 'LEFT') {
        cursor.close(leaving);
        if (left) return;
        left = true;
        leavings.push(leaving);
        came.emit('leaving');
      },
    };
  };
  const start = async () => ({ id: completion.id, answer: Promise.resolve(completion), subscribe });
  const world = await openWorld({ ...options, services: { ...options.services, completions: { start } } });
  return {
    ...world,
    events,
    async reading(count) {
      while (readers < count) await once(came, 'reader');
    },
    async left() {
      for (;;) {
        const leaving = leavings.shift();
        if (leaving !== undefined) return leaving;
        await once(came, 'leaving');
      }
    },
    readCount: () => read,
    forget(sentence) {
      forgotten = new GatewayError('STREAM_EXPIRED', sentence);
      events.append(...eventsOf('never read'));
    },
  };
}

export async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}
