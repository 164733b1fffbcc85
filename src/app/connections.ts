import type { ConnectedProvider } from '../ports/catalog.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';
import { createProvider } from '../providers/registry.ts';

/** The adapters at work, with their sockets. */
export interface Connections extends AsyncDisposable {
  /** One for each settings; those whose settings are as before stay, those not named any more are closed once their calls must be done. */
  connect(settings: readonly ProviderSettings[]): readonly ConnectedProvider[];
}

export interface ConnectionsParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Longer than any call may take: a call keeps the adapter it began with. */
  readonly keepMs: number;
}

export function createConnections({ clock, log, keepMs }: ConnectionsParts): Connections {
  const open = new Map<string, ConnectedProvider>();
  const retired = new Map<ConnectedProvider, Timer>();

  async function dispose({ provider, adapter }: ConnectedProvider): Promise<void> {
    try {
      await adapter[Symbol.asyncDispose]();
    } catch (error) {
      log.warn('The connections to a provider did not close.', { provider: provider.id, error });
    }
  }

  function retire(key: string, connected: ConnectedProvider): void {
    open.delete(key);
    const close = (): void => {
      retired.delete(connected);
      void dispose(connected);
    };
    retired.set(connected, clock.timer(keepMs, close));
  }

  return {
    connect(settings) {
      const wanted = new Map(settings.map((one) => [JSON.stringify(one), one]));
      for (const [key, connected] of open) if (!wanted.has(key)) retire(key, connected);
      return [...wanted].map(([key, one]) => {
        const connected = open.get(key) ?? toConnected(one, clock);
        open.set(key, connected);
        return connected;
      });
    },
    async [Symbol.asyncDispose]() {
      for (const timer of retired.values()) timer.clear();
      await Promise.all([...open.values(), ...retired.keys()].map(dispose));
    },
  };
}

function toConnected(settings: ProviderSettings, clock: Clock): ConnectedProvider {
  const { id, name, format, source } = settings;
  return { provider: { id, name, format, simulated: false, source }, adapter: createProvider(settings, { clock }) };
}
