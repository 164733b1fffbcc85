import type { Clock, Timer } from '../ports/clock.ts';
import type { FoldedDelta } from './fold.ts';

/** Hands deltas on: the first at once, the others one a network read, or gathered over `coalesceMs`. */
export interface DeltaSink extends Disposable {
  push(delta: FoldedDelta): void;
  /** Hands on what is still gathered. */
  flush(): void;
}

export interface DeltaSinkSettings {
  readonly coalesceMs: number;
  readonly clock: Clock;
  readonly emit: (delta: FoldedDelta) => void;
}

export function createDeltaSink({ coalesceMs, clock, emit }: DeltaSinkSettings): DeltaSink {
  let gathered: FoldedDelta | null = null;
  let timer: Timer | null = null;

  function emitGathered(): boolean {
    if (gathered === null) return false;
    const delta = gathered;
    gathered = null;
    emit(delta);
    return true;
  }

  /** As long as something comes, one event each `coalesceMs`; after a pause the next one goes at once again. */
  function arm(): void {
    timer = clock.timer(coalesceMs, () => {
      timer = null;
      if (emitGathered()) arm();
    });
  }

  return {
    push(delta) {
      if (timer !== null) {
        gathered = gathered === null ? delta : join(gathered, delta);
        return;
      }
      emit(delta);
      if (coalesceMs > 0) arm();
    },
    flush() {
      timer?.clear();
      timer = null;
      emitGathered();
    },
    [Symbol.dispose]: () => timer?.clear(),
  };
}

function join(left: FoldedDelta, right: FoldedDelta): FoldedDelta {
  return {
    text: left.text + right.text,
    reasoning: joinText(left.reasoning, right.reasoning),
    refusal: joinText(left.refusal, right.refusal),
    toolCalls: [...left.toolCalls, ...right.toolCalls],
    ...joinMedia(left, right),
  };
}

function joinMedia({ media: left }: FoldedDelta, { media: right }: FoldedDelta): Pick<FoldedDelta, 'media'> {
  return left === undefined && right === undefined ? {} : { media: [...(left ?? []), ...(right ?? [])] };
}

function joinText(left: string | null, right: string | null): string | null {
  return left === null ? right : left + (right ?? '');
}
