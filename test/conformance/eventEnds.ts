/** Cuts behind the last of these ends of an event. */
export function eventsUntil(ends: readonly string[]): (beginning: Buffer) => Buffer {
  return (beginning) => beginning.subarray(0, Math.max(...ends.map((end) => beginning.lastIndexOf(end) + end.length)));
}
