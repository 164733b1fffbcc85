import type { ConnectedProvider } from '../../ports/catalog.ts';
import type { Clock } from '../../ports/clock.ts';
import { createSandboxProvider } from './adapter.ts';
import { createAttemptCounter } from './attemptCounter.ts';
import { sandboxIds, sandboxProvider } from './catalog.ts';

/** Both sandboxes, counting the attempts of a call together. */
export function connectSandboxes(clock: Clock): readonly ConnectedProvider[] {
  const attempts = createAttemptCounter();
  return sandboxIds.map((id) => ({ provider: sandboxProvider(id), adapter: createSandboxProvider({ clock, id, attempts }) }));
}
