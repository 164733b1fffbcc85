import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 20;
const limitMs = 20_000;

/** Looks until there is something to see, for what tells nobody when it happens. Throws with `what` when it never does. */
export async function until<Seen>(what: string, look: () => Promise<Seen | null> | Seen | null): Promise<Seen> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    await pause(pollMs);
  }
  throw new Error(`It did not happen: ${what}.`);
}
