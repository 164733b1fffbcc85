import type { ListedModel } from '../ports/provider.ts';
import type { LocalServer } from './known.ts';
import { localServerSettings, localServers } from './known.ts';
import type { ProviderTools } from './registry.ts';
import { createProvider } from './registry.ts';

/** A local server that answered like one of its format. */
export interface FoundServer {
  readonly server: LocalServer;
  readonly models: readonly ListedModel[];
}

const probeLimitMs = 300;

/** The only hosts that are probed: a probe never leaves the machine. */
const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Asks all local servers at once for their models. Who is silent, refuses or answers something else is not there; nothing is thrown. */
export async function probeLocalServers(
  tools: ProviderTools,
  servers: readonly LocalServer[] = localServers,
): Promise<readonly FoundServer[]> {
  const near = servers.filter(({ baseUrl }) => loopback.has(new URL(baseUrl).hostname));
  const found = await Promise.all(near.map((server) => probe(server, tools)));
  return found.filter((server) => server !== null);
}

async function probe(server: LocalServer, tools: ProviderTools): Promise<FoundServer | null> {
  await using provider = createProvider(localServerSettings(server), tools);
  const limit = new AbortController();
  const timer = tools.clock.timer(probeLimitMs, () => limit.abort());
  try {
    return { server, models: await provider.listModels(limit.signal) };
  } catch {
    // Nobody is there, or somebody else: to a probe that is an answer.
    return null;
  } finally {
    timer.clear();
  }
}
