import { GatewayError } from '../domain/errors.ts';
import type { Timeouts } from '../domain/route.ts';
import type { Clock, Timer } from '../ports/clock.ts';

/** Watches one attempt's silences with one timer, re-armed at the first token and when it fires: reads are many, silences few. */
export interface Watchdog extends Disposable {
  /** Something was read from the provider. */
  heard(): void;
  /** What was bitten for; null while all is well. */
  readonly error: GatewayError | null;
}

export interface WatchdogSettings {
  readonly clock: Clock;
  readonly timeouts: Timeouts;
  /** False: nothing can be heard before the end, so only the total counts. */
  readonly streamed: boolean;
  /** Monotonic time at which the call's total is over. */
  readonly deadline: number;
  /** Ends the attempt. */
  readonly bite: () => void;
}

export function startWatchdog({ clock, timeouts, streamed, deadline, bite }: WatchdogSettings): Watchdog {
  let lastHeard = clock.monotonic();
  let spoken = false;
  let error: GatewayError | null = null;
  let timer: Timer | null = null;

  const silenceLimit = () => (spoken ? timeouts.idleMs : timeouts.firstTokenMs);
  const dueAt = () => (streamed ? Math.min(deadline, lastHeard + silenceLimit()) : deadline);

  function arm(): void {
    timer = clock.timer(Math.max(0, Math.ceil(dueAt() - clock.monotonic())), () => {
      const now = clock.monotonic();
      if (now < dueAt()) return arm();
      error = now >= deadline ? late(`The call was not done within ${timeouts.totalMs} ms.`) : late(silence());
      bite();
    });
  }

  function silence(): string {
    return spoken
      ? `The provider was silent for ${timeouts.idleMs} ms.`
      : `The provider gave no first token within ${timeouts.firstTokenMs} ms.`;
  }

  arm();
  return {
    heard() {
      lastHeard = clock.monotonic();
      if (spoken) return;
      spoken = true;
      // From here on another limit counts, which may be the shorter one.
      timer?.clear();
      arm();
    },
    get error() {
      return error;
    },
    [Symbol.dispose]() {
      timer?.clear();
    },
  };
}

function late(sentence: string): GatewayError {
  return new GatewayError('UPSTREAM_TIMEOUT', sentence);
}
