import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { Timer } from '../ports/clock.ts';
import { closeCodes, closeReason } from './closeCode.ts';
import type { Outlet, Sink } from './outlet.ts';
import { createOutlet } from './outlet.ts';
import type { ServerParts } from './parts.ts';

/** One WebSocket and all that runs on it. */
export interface Connection {
  readonly socket: WebSocket;
  readonly outlet: Outlet;
  /** The `Authorization` of the request that opened it. */
  readonly authorization: string | undefined;
  /** The client's, behind any trusted proxies; null where the connection has none. */
  readonly remoteAddress: string | null;
  /** Who asks; null until it is known, and for whoever has not said. */
  principal: Principal | null;
  readonly open: boolean;
  /** `connection_init` has come. */
  initialised(): void;
  /** `cut` will be called if the connection ends before what this returns is called; with the error that ends it, where what runs can still say it. */
  run(cut: (error: GatewayError | null) => void): () => void;
  /** Resolves when what runs has ended and said its last words, after `closeMs` at the latest. */
  quiet(): Promise<void>;
  /** The credential has ended: what runs is told so, and the client is sent away. */
  expel(error: GatewayError): void;
  /** Asks the client to go, and cuts the connection if it does not. What runs is cut at once. */
  close(code: number, reason: string): void;
}

export interface Upgrade {
  readonly socket: WebSocket;
  /** What the socket stands on. */
  readonly duplex: Duplex;
  readonly authorization: string | undefined;
  readonly remoteAddress: string | null;
}

export function openConnection(upgrade: Upgrade, { settings, clock }: ServerParts): Connection {
  const { socket, duplex, authorization, remoteAddress } = upgrade;
  const { slowReaderBytes, slowReaderMs, timeouts } = settings;
  const running = new Set<(error: GatewayError | null) => void>();
  let onQuiet: (() => void) | null = null;
  const timers: { init: Timer | null; life: Timer | null; end: Timer | null } = { init: null, life: null, end: null };

  const cutAll = (): void => {
    outlet.close();
    for (const cut of running) cut(null);
    running.clear();
    onQuiet?.();
  };
  const close = (code: number, reason: string): void => {
    cutAll();
    socket.close(code, reason);
    timers.end ??= clock.timer(timeouts.closeMs, () => socket.terminate());
  };
  const onStuck = (): void => close(closeCodes.tryLater, 'The reader was too slow.');
  const outlet = createOutlet(toSink(socket, duplex), { clock, slowReaderBytes, slowReaderMs, onStuck });

  timers.init = clock.timer(timeouts.initMs, () => close(closeCodes.initTimeout, 'Connection initialisation timeout'));
  let alive = true;
  const prove = (): void => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
    timers.life = clock.timer(timeouts.pingMs, prove);
  };
  timers.life = clock.timer(timeouts.pingMs, prove);
  socket.on('pong', () => {
    alive = true;
  });
  socket.once('close', () => {
    cutAll();
    for (const timer of Object.values(timers)) timer?.clear();
  });

  return {
    socket,
    outlet,
    authorization,
    remoteAddress,
    principal: null,
    get open() {
      return socket.readyState === socket.OPEN;
    },
    initialised: () => timers.init?.clear(),
    run(cut) {
      running.add(cut);
      return () => {
        running.delete(cut);
        if (running.size === 0) onQuiet?.();
      };
    },
    async quiet() {
      if (running.size > 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        onQuiet = resolve;
        const timer = clock.timer(timeouts.closeMs, resolve);
        await promise;
        timer.clear();
      }
      // An operation's `complete` follows its end within the same turn.
      await nextTurn();
    },
    expel(error) {
      for (const cut of running) cut(error);
      running.clear();
      close(closeCodes.unauthorized, closeReason(error.message));
    },
    close,
  };
}

/** Nothing may follow the frame that closes a WebSocket: one that is closing has no room, until its end cuts off what runs. */
function toSink(socket: WebSocket, duplex: Duplex): Sink {
  const open = (): boolean => socket.readyState === socket.OPEN;
  return {
    get writableLength() {
      return open() ? duplex.writableLength : Number.POSITIVE_INFINITY;
    },
    write: (bytes, flushed) => open() && duplex.write(bytes, flushed),
  };
}
