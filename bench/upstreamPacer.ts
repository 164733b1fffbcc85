/**
 * Writes one event of every stream it holds in turn. Streams are spread over the phases of one timer, so that an event is its own
 * write, its own segment and, as long as the gateway keeps up, its own read.
 */
export interface Pacer {
  /** Calls `step` once a period until it answers false. */
  add(step: () => boolean): void;
}

export function createPacer({ tickMs, phases }: { readonly tickMs: number; readonly phases: number }): Pacer {
  const slots = Array.from({ length: phases }, () => new Set<() => boolean>());
  let added = 0;
  let tick = 0;
  let timer: NodeJS.Timeout | null = null;

  const turn = () => {
    tick += 1;
    const slot = slots[tick % phases];
    for (const step of slot ?? []) if (!step()) slot?.delete(step);
    if (timer !== null && slots.every(({ size }) => size === 0)) {
      clearInterval(timer);
      timer = null;
    }
  };

  return {
    add(step) {
      slots[added % phases]?.add(step);
      added += 1;
      timer ??= setInterval(turn, tickMs);
    },
  };
}
