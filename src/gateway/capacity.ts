import { GatewayError } from '../domain/errors.ts';

/** How many calls may be under way in this process. */
export interface Capacity {
  /** Takes `count` places or none. Throws OVERLOADED. */
  acquire(count: number): void;
  release(count: number): void;
  /** From here on every `acquire` is refused: the process is going down. */
  close(): void;
  readonly inFlight: number;
}

const retryAfterMs = 1000;

export function createCapacity(maxInFlight: number): Capacity {
  let inFlight = 0;
  let closed = false;
  return {
    acquire(count) {
      if (closed) throw new GatewayError('OVERLOADED', 'The gateway is shutting down; ask again.', { retryAfterMs });
      if (inFlight + count > maxInFlight) {
        throw new GatewayError('OVERLOADED', 'The gateway has as many calls under way as it takes; ask again.', {
          retryAfterMs,
          details: { maxInFlight },
        });
      }
      inFlight += count;
    },
    release(count) {
      inFlight -= count;
    },
    close() {
      closed = true;
    },
    get inFlight() {
      return inFlight;
    },
  };
}
