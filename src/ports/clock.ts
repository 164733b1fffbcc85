/** The time, handed in so that a test can move it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that never goes back; only differences mean something. May have fractions. */
  monotonic(): number;
  /** Calls `listener` once, after `delayMs`, unless the timer is cleared before. A timer keeps no process alive. */
  timer(delayMs: number, listener: () => void): Timer;
}

export interface Timer {
  clear(): void;
}
