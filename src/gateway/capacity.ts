import { GatewayError } from '../domain/errors.ts';

/** How many calls may be under way in this process. */
export interface Capacity {
  /** Takes `count` places or none. Throws OVERLOADED. */
  acquire(count: number): void;
  release(count: number): void;
  /** From here on every `acquire` is refused: the process is going down. */
  close(): void;
  readonly inFlight: number;
  /** Resolves as soon as no call is under way. */
  idle(): Promise<void>;
}

const retryAfterMs = 1000;

export function createCapacity(maxInFlight: number): Capacity {
  let inFlight = 0;
  let closed = false;
  let waiting: (() => void)[] = [];
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
      if (inFlight > 0) return;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    close() {
      closed = true;
    },
    get inFlight() {
      return inFlight;
    },
    async idle() {
      if (inFlight > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
