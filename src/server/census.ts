import { GatewayError } from '../domain/errors.ts';
import type { Connection } from './connection.ts';

/** Counts the sockets of each holder; of those without a credential, those of each address. */
export interface Census {
  /** Throws RATE_LIMITED when there are as many as may be. What it answers takes the socket out again. */
  enter(connection: Connection): () => void;
}

export function createCensus(most: number): Census {
  const counts = new Map<string, number>();
  return {
    enter({ principal, remoteAddress }) {
      const name = principal === null ? `address ${remoteAddress}` : principal.holder;
      const count = counts.get(name) ?? 0;
      if (count >= most)
        throw new GatewayError('RATE_LIMITED', `${most} sockets are open already.`, { details: { quota: 'socketsPerKey' } });
      counts.set(name, count + 1);
      return () => {
        const left = (counts.get(name) ?? 1) - 1;
        if (left === 0) counts.delete(name);
        else counts.set(name, left);
      };
    },
  };
}
