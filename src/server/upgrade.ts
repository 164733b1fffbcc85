import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { OriginPolicy } from './origin.ts';
import { pathOf } from './router.ts';
import type { SocketServer } from './socket.ts';

export interface UpgradeParts {
  readonly sockets: SocketServer;
  readonly origins: OriginPolicy;
  readonly closing: () => boolean;
}

/** Any other protocol that a client would rather speak is answered in HTTP, as if it had not asked. */
export function asksForSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** A request that wants to become a WebSocket, let through or refused in HTTP. */
export function createUpgrade({
  sockets,
  origins,
  closing,
}: UpgradeParts): (request: IncomingMessage, duplex: Duplex, head: Buffer) => void {
  return (request, duplex, head) => {
    // Until the socket has it, whatever goes wrong with the connection ends it, and nothing else.
    duplex.on('error', () => duplex.destroy());
    if (pathOf(request.url) !== '/graphql') refuse(duplex, 404);
    else if (!origins.allows(request)) refuse(duplex, 403);
    else if (closing()) refuse(duplex, 503);
    else sockets.accept(request, duplex, head);
  };
}

function refuse(duplex: Duplex, status: number): void {
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
  // A client that does not close its side would otherwise keep it open.
  duplex.end(answer, () => duplex.destroy());
}
