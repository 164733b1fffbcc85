import type { GraphResult } from '../graph/result.ts';

/** Told of a subscription's course: any number of results, then exactly one of `ended` and `left`. */
export interface StreamObserver {
  received(result: GraphResult): void;
  /** The gateway closed the stream, or the connection was lost. */
  ended(): void;
  /** The user stopped it. */
  left(): void;
}
