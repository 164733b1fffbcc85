import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { send, sendError, sendJson } from './answer.ts';
import type { Exchange, Handler } from './exchange.ts';

export interface Routes {
  readonly graph: Handler;
  readonly health: Handler;
  readonly readiness: Handler;
  /** Null: there is no such page. */
  readonly metrics: Handler | null;
  readonly playground: Handler;
  /** Whether there is a Playground to send a visitor to. */
  readonly playgroundBuilt: boolean;
  readonly log: Log;
}

/** What the gateway answers at which path. Never rejects. */
export function createRouter(routes: Routes): Handler {
  const { log } = routes;
  const pages: Readonly<Record<string, Handler>> = {
    '/': createEntrance(routes.playgroundBuilt),
    '/healthz': routes.health,
    '/readyz': routes.readiness,
    ...(routes.metrics === null ? {} : { '/metrics': routes.metrics }),
    '/playground': routes.playground,
  };
  const pageAt = (path: string): Handler | undefined => {
    if (path.startsWith('/playground/')) return routes.playground;
    return Object.hasOwn(pages, path) ? pages[path] : undefined;
  };
  const handle = (exchange: Exchange, path: string): Promise<void> | void => {
    if (path === '/graphql') return routes.graph(exchange);
    const page = pageAt(path);
    if (page === undefined)
      return sendError(exchange, new GatewayError('NOT_FOUND', 'There is nothing here. The graph is at /graphql.'), { log });
    const { method } = exchange.request;
    if (method === 'GET' || method === 'HEAD') return page(exchange);
    return sendError(exchange, new GatewayError('INVALID_REQUEST', 'This page can only be read.'), {
      log,
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  };
  return async (exchange) => {
    try {
      await handle(exchange, pathOf(exchange.request.url));
    } catch (thrown) {
      sendError(exchange, toGatewayError(thrown), { log });
    }
  };
}

export function pathOf(url = ''): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

/** People are sent to the Playground, programs are told what there is. */
function createEntrance(playgroundBuilt: boolean): Handler {
  const pages = { graph: '/graphql', playground: '/playground', alive: '/healthz', ready: '/readyz' };
  return async (exchange) => {
    const person = exchange.request.headers.accept?.includes('text/html') ?? false;
    if (person && playgroundBuilt) send(exchange, { status: 302, headers: { location: '/playground' }, body: '' });
    else sendJson(exchange, 200, { name: 'modelgraph', ...pages });
  };
}
