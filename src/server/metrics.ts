import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../domain/errors.ts';
import { authorize } from '../graphql/directives/auth.ts';
import type { MetricsPage } from '../ports/telemetry.ts';
import { send } from './answer.ts';
import { identify } from './credential.ts';
import type { Exchange, Handler } from './exchange.ts';
import type { ServerParts } from './parts.ts';

export type MetricsReader = () => Promise<MetricsPage>;

/** The metrics at `/metrics`; null: there is no such page. */
export function createMetricsHandler(parts: ServerParts, read: MetricsReader | null): Handler | null {
  const { metrics } = parts.settings;
  if (metrics === 'off' || read === null) return null;
  return async (exchange) => {
    if (metrics === 'private') await checkReader(parts, exchange);
    const { contentType, text } = await read();
    send(exchange, { status: 200, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, body: text });
  };
}

/** They hold no secret, but tell of everybody's traffic. Throws UNAUTHENTICATED and FORBIDDEN. */
async function checkReader({ access, clientAddress }: ServerParts, { request, requestId }: Exchange): Promise<void> {
  const address = clientAddress(request);
  if (isOnThisMachine(request, address)) return;
  const { authorization } = request.headers;
  const principal = await identify(access, { authorization, address });
  if (principal === null)
    throw new GatewayError('UNAUTHENTICATED', 'Metrics are read from this machine, or with a key that holds METRICS_READ.');
  authorize({ principal, requestId, address }, ['METRICS_READ']);
}

/** What proxies say of themselves and of those they speak for. */
const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/** A proxy on this machine speaks for others: what was passed on was not asked here. */
function isOnThisMachine({ headers }: IncomingMessage, address: string | null): boolean {
  if (address === null || passedOn.some((name) => headers[name] !== undefined)) return false;
  return address === '::1' || address.startsWith('127.');
}
