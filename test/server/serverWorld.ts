import type { CompletionEvent } from '../../src/domain/completion.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import type { Principal } from '../../src/domain/principal.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { createGraph } from '../../src/graphql/createGraph.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Server, ServerOptions } from '../../src/server/createServer.ts';
import { createServer } from '../../src/server/createServer.ts';
import type { ServerSettings } from '../../src/server/settings.ts';
import { defaultServerSettings } from '../../src/server/settings.ts';
import type { EventLog } from '../support/eventLog.ts';
import { createEventLog } from '../support/eventLog.ts';
import type { FakeServices } from '../support/fakeGateway.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import type { ManualClock } from '../support/manualClock.ts';
import { createManualClock } from '../support/manualClock.ts';
import { sdl } from '../support/sdl.ts';
import { completion, principalWith } from '../support/things.ts';

/** Keys of the world, and who holds them. */
export const keys: Readonly<Record<string, Principal>> = {
  mg_live_admin: principalWith('ADMIN'),
  mg_live_reader: principalWith('MODELS_READ'),
};

export const adminHeader = 'Bearer mg_live_admin';

export interface World extends AsyncDisposable {
  readonly server: Server;
  readonly clock: ManualClock;
  /** The keys that have been revoked since. */
  readonly revoked: Set<string>;
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
  const logged: string[] = [];
  const log = recordErrors(logged);
  const gateway: Gateway = fakeGateway({ ...services, access: { ...accessOf(revoked), ...services.access } });
  let requests = 0;
  const server = await createServer({
    graph: createGraph({ sdl, gateway, clock, log }),
    access: gateway.access,
    settings: { ...defaultServerSettings, ...settings },
    clock,
    log,
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
    url: `${server.url}/graphql`,
    socketUrl: `${server.url.replace('http', 'ws')}/graphql`,
    async [Symbol.asyncDispose]() {
      const closed = server.close({ drainMs: 0 });
      await clock.until(closed);
    },
  };
}

function accessOf(revoked: ReadonlySet<string>): Gateway['access'] {
  return {
    async authenticate(credential) {
      const principal = keys[credential];
      if (principal === undefined || revoked.has(credential)) throw new GatewayError('UNAUTHENTICATED', 'The API key is not known.');
      return principal;
    },
    stillValid: async (principal) => ![...revoked].some((key) => keys[key] === principal),
  };
}

function recordErrors(logged: string[]): Log {
  const log: Log = { debug() {}, info() {}, warn() {}, error: (message) => void logged.push(message), with: () => log };
  return log;
}

export interface StreamWorld extends World {
  readonly events: EventLog<CompletionEvent>;
}

/** A world in which every completion stream tells what the test appends. */
export async function openStreamWorld(options: WorldOptions = {}): Promise<StreamWorld> {
  const events = createEventLog<CompletionEvent>();
  const start = async () => ({
    id: completion.id,
    answer: Promise.resolve(completion),
    subscribe: (after: number) => events.cursor(after),
  });
  const world = await openWorld({
    ...options,
    services: { ...options.services, completions: { start, ...options.services?.completions } },
  });
  return { ...world, events };
}

/** Promises of what happens once, in the order it happens. */
export function createSignal<Value>() {
  const { promise, resolve } = Promise.withResolvers<Value>();
  return { promise, give: resolve };
}

export async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}
