import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createClientAddress } from './clientAddress.ts';
import type { Handler } from './exchange.ts';
import type { Readiness } from './health.ts';
import { answerHealth, createReadyHandler } from './health.ts';
import { createHttpGraph } from './http.ts';
import type { MetricsReader } from './metrics.ts';
import { createMetricsHandler } from './metrics.ts';
import { createOriginPolicy } from './origin.ts';
import type { ServerParts } from './parts.ts';
import { createPlayground } from './playground.ts';
import { readRequestId } from './requestId.ts';
import { createRouter } from './router.ts';
import type { ServerTimeouts } from './settings.ts';
import type { ShutdownHooks } from './shutdown.ts';
import { shutDown } from './shutdown.ts';
import { createSocketServer } from './socket.ts';
import { createStreamHandler } from './sse.ts';
import { asksForSocket, createUpgrade } from './upgrade.ts';

export interface ServerOptions extends Omit<ServerParts, 'clientAddress'> {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly production: boolean;
  readonly readiness: Readiness;
  /** Null: nothing is measured. */
  readonly metrics: MetricsReader | null;
  /** Where the Playground was built to. */
  readonly playgroundFolder: string;
  readonly shutdown: ShutdownHooks;
}

/** The listening side of the gateway. */
export interface Server {
  /** Where it can be reached from this machine, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends everything in the order of `shutDown`; called twice, it is done once. */
  close(options: { readonly drainMs: number }): Promise<void>;
}

/** Opens the gateway's port. Rejects when it cannot be had. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { settings, clock, shutdown: hooks } = options;
  const { timeouts } = settings;
  let closed: Promise<void> | null = null;
  const closing = (): boolean => closed !== null;

  const origins = createOriginPolicy({ corsOrigins: settings.corsOrigins, production: options.production });
  const parts = { ...options, clientAddress: createClientAddress(settings.trustedProxies) };
  const sockets = createSocketServer(parts);
  const http = createListener(timeouts, toListener(await createRoutes(parts, { origins, closing }), { options, closing }));
  http.on('upgrade', createUpgrade({ sockets, origins, closing }));
  const port = await listen(http, options);
  return {
    url: `http://${hostInUrl(options.host)}:${port}`,
    port,
    close({ drainMs }) {
      // The flag is up before the first step, and with it `/readyz` is false.
      closed ??= Promise.resolve().then(() => shutDown({ http, sockets, hooks, clock, drainMs, closeMs: timeouts.closeMs }));
      return closed;
    },
  };
}

interface Doors {
  readonly origins: ReturnType<typeof createOriginPolicy>;
  readonly closing: () => boolean;
}

async function createRoutes(options: ServerOptions & ServerParts, { origins, closing }: Doors): Promise<Handler> {
  const playground = await createPlayground(options.playgroundFolder);
  return createRouter({
    graph: await createHttpGraph(options, { origins, stream: createStreamHandler(options) }),
    health: answerHealth,
    readiness: createReadyHandler(options.readiness, closing),
    metrics: createMetricsHandler(options, options.metrics),
    playground: playground.handler,
    playgroundBuilt: playground.built,
    log: options.log,
  });
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function toListener(route: Handler, { options, closing }: { readonly options: ServerOptions; readonly closing: () => boolean }): Listener {
  const { newRequestId, log } = options;
  return (request, response) => {
    const requestId = readRequestId(request, newRequestId);
    const headers = closing() ? { 'x-request-id': requestId, connection: 'close' } : { 'x-request-id': requestId };
    route({ request, response, requestId, headers }).catch((error: unknown) => {
      log.error('A request could not be answered.', { requestId, error });
      response.destroy();
    });
  };
}

/** How often Node looks for requests that take too long; with its default of 30 s the limits below would mean little. */
const checkingMs = 1000;

function createListener({ headersMs, requestMs, keepAliveMs }: ServerTimeouts, listener: Listener): HttpServer {
  return createHttpServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: checkingMs,
      shouldUpgradeCallback: asksForSocket,
    },
    listener,
  );
}

function listen(http: HttpServer, { port, host }: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      const address = http.address();
      resolve(address === null || typeof address === 'string' ? port : address.port);
    });
  });
}

/** An address that stands for all of the machine's is no address to call. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
