import type { GatewayError } from '../domain/errors.ts';
import { errorTraits, toGatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { Clock, Timer } from '../ports/clock.ts';

/** Told once why a principal may no longer do anything: UNAUTHENTICATED. */
export type EndListener = (error: GatewayError) => void;

/** Tells those who keep a principal, on a socket or for a stream, when its credential has ended. */
export interface EndWatch {
  /** Looks at once, at the credential's end, and whenever `look` is called. Disposing it stops the watch. */
  onEnd(principal: Principal, listener: EndListener): Disposable;
  /** What was known of these principals has been forgotten. */
  look(concerned: (principal: Principal) => boolean): void;
}

export interface EndWatchParts {
  readonly clock: Clock;
  /** The principal as it is now. Throws UNAUTHENTICATED when its credential has ended. */
  readonly renew: (principal: Principal) => Promise<Principal>;
}

/** The store did not answer: whether a credential has ended is asked again after this long. */
const againMs = 1000;

interface Watched {
  readonly listeners: Set<EndListener>;
  timer: Timer | null;
  /** Only the answer to the latest look counts: an older one may have been read before a change. */
  looks: number;
}

export function createEndWatch({ clock, renew }: EndWatchParts): EndWatch {
  const all = new Map<Principal, Watched>();

  function look(principal: Principal, watched: Watched): void {
    const turn = ++watched.looks;
    watched.timer?.clear();
    const lookIn = (delayMs: number) => {
      watched.timer = clock.timer(delayMs, () => look(principal, watched));
    };
    renew(principal).then(
      ({ expiresAt }) => {
        if (turn === watched.looks && expiresAt !== null) lookIn(Math.max(0, expiresAt - clock.now()));
      },
      (thrown: unknown) => {
        if (turn !== watched.looks) return;
        const error = toGatewayError(thrown);
        if (errorTraits[error.code].fault === 'caller') end(principal, watched, error);
        else lookIn(againMs);
      },
    );
  }

  function forget(principal: Principal, watched: Watched): void {
    watched.looks++;
    watched.timer?.clear();
    all.delete(principal);
  }

  function end(principal: Principal, watched: Watched, error: GatewayError): void {
    forget(principal, watched);
    for (const listener of watched.listeners) listener(error);
  }

  return {
    onEnd(principal, listener) {
      const watched = all.get(principal) ?? { listeners: new Set<EndListener>(), timer: null, looks: 0 };
      watched.listeners.add(listener);
      all.set(principal, watched);
      look(principal, watched);
      return {
        [Symbol.dispose]() {
          watched.listeners.delete(listener);
          if (watched.listeners.size === 0 && all.get(principal) === watched) forget(principal, watched);
        },
      };
    },
    look(concerned) {
      for (const [principal, watched] of all) if (concerned(principal)) look(principal, watched);
    },
  };
}
