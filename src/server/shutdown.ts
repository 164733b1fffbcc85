import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { Clock } from '../ports/clock.ts';
import type { SocketServer } from './socket.ts';

/** What the rest of the house does when the gateway goes. */
export interface ShutdownHooks {
  /** From now on calls are refused with OVERLOADED. */
  stopAdmitting(): void;
  /** Resolves when the running calls have ended, after `ms` at the latest: what runs then is ended by the gateway, and its readers are told. */
  drain(ms: number): Promise<void>;
}

export interface ShutdownParts {
  readonly http: HttpServer;
  readonly sockets: SocketServer;
  readonly hooks: ShutdownHooks;
  readonly clock: Clock;
  readonly drainMs: number;
  /** What answers that are being written get to end in. */
  readonly closeMs: number;
}

/**
 * In this order, after `/readyz` has become false: no new connection, no new call, the running calls' end, then WebSockets are closed with 1001 and
 * HTTP connections when their answer is out. Resolves when nothing is open any more.
 */
export async function shutDown({ http, sockets, hooks, clock, drainMs, closeMs }: ShutdownParts): Promise<void> {
  const closed = once(http, 'close');
  http.close();
  hooks.stopAdmitting();
  await hooks.drain(drainMs);
  const socketsClosed = sockets.close();
  http.closeIdleConnections();
  const timer = clock.timer(closeMs, () => http.closeAllConnections());
  await Promise.all([socketsClosed, closed]);
  timer.clear();
}
