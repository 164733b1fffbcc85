import type { DeltaSink } from './deltaSink.ts';
import type { Fold, FoldedDelta } from './fold.ts';
import type { Splice, Spliced } from './splice.ts';

/** Tells a reader what comes, joined to what it has already. */
export interface Teller {
  tell(fold: Fold, delta: FoldedDelta): void;
  /** The answer is whole. */
  end(fold: Fold): void;
  /** It cannot be joined: nothing more is told. */
  readonly diverged: boolean;
}

export interface TellerSettings {
  readonly sink: DeltaSink;
  /** Null: the reader has nothing yet. */
  readonly splice: Splice | null;
  /** So much of the told text stands, the rest is replaced by what comes. */
  readonly replace: (keepTextLength: number) => void;
  /** The answer cannot be joined to what was told. */
  readonly onDiverged: () => void;
}

export function createTeller({ sink, splice, replace, onDiverged }: TellerSettings): Teller {
  if (splice === null) return { tell: (_fold, delta) => sink.push(delta), end: () => {}, diverged: false };
  let diverged = false;
  const pass = (spliced: Spliced) => {
    if (spliced.diverged === true) {
      diverged = true;
      return onDiverged();
    }
    if (spliced.keepTextLength !== undefined) {
      sink.flush();
      replace(spliced.keepTextLength);
    }
    if (spliced.delta !== null) sink.push(spliced.delta);
  };
  return {
    tell: (fold, delta) => pass(splice.take(fold, delta)),
    end: (fold) => pass(splice.end(fold)),
    get diverged() {
      return diverged;
    },
  };
}
