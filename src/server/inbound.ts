import type { Duplex } from 'node:stream';
import { closeCodes } from './closeCode.ts';
import type { Connection } from './connection.ts';
import { bodyLimitOf } from './credential.ts';
import type { BodyLimits } from './settings.ts';

/** A read from a TCP connection is at most this long, so that what a whole message leaves behind in one is no excess. */
const oneReadBytes = 65_536;

export interface InboundOptions {
  readonly duplex: Duplex;
  readonly limits: BodyLimits;
  readonly onMessage: (text: string) => Promise<void>;
  /** What nobody foresaw. */
  readonly onFailure: (thrown: unknown) => void;
}

/**
 * Hands on whole messages. What a message may measure depends on who sends it, and `ws` knows one limit for everybody: so the bytes that have
 * come without completing a message are counted as well, and nobody makes us hold more than is allowed to them.
 */
export function listen(connection: Connection, { duplex, limits, onMessage, onFailure }: InboundOptions): void {
  const { socket } = connection;
  let unfinished = 0;
  const limit = (): number => bodyLimitOf(connection.principal, limits);
  const refuse = (): void => connection.close(closeCodes.tooLarge, `A message may have ${limit()} bytes.`);

  socket.on('message', (data: Buffer) => {
    unfinished = 0;
    if (!connection.open) return;
    if (data.byteLength > limit()) refuse();
    else onMessage(data.toString()).catch(onFailure);
  });
  duplex.on('data', (chunk: Buffer) => {
    unfinished += chunk.byteLength;
    if (unfinished <= limit() + oneReadBytes || !connection.open) return;
    refuse();
    socket.terminate();
  });
}
