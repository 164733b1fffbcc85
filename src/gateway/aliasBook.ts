import type { AliasVersion } from '../domain/alias.ts';
import { GatewayError } from '../domain/errors.ts';
import type { OrganizationId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { AliasStore, StoreChange } from '../ports/store.ts';

/** What every organization has published, remembered whole, so that no call asks the database, and aliases hold while it is away. */
export interface AliasBook extends Disposable {
  /** Null when the aliases are known; else resolves when they are. Rejects with STORE_UNAVAILABLE. */
  ready(): Promise<void> | null;
  /** Throws STORE_UNAVAILABLE until they are known. */
  find(organizationId: OrganizationId, name: string): AliasVersion | null;
  list(organizationId: OrganizationId): readonly AliasVersion[];
  /** Resolves when what stands in the database now is known, or was tried to be read; it is tried again until it is. */
  reload(organizationId: OrganizationId): Promise<void>;
  /** To be called when another process has changed something; null: anything may have been changed. */
  heard(change: StoreChange | null): void;
}

export interface AliasBookParts {
  readonly aliases: Pick<AliasStore, 'inForce'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Names = ReadonlyMap<string, AliasVersion>;

const retryMs = 1000;
const none: Names = new Map();

/** Reads run one after another, so that an older answer never takes the place of a newer one. Until the first has succeeded no alias is known: guessing could serve another model. */
export function openAliasBook({ aliases, clock, log }: AliasBookParts): AliasBook {
  let names = new Map<OrganizationId, Names>();
  let known = false;
  let closed = false;
  let retry: Timer | null = null;
  let last: Promise<void> = Promise.resolve();
  /** Reads that have not begun: whoever wants the same shares them. By organization; null: of all. */
  const waiting = new Map<OrganizationId | null, Promise<void>>();

  async function read(organizationId: OrganizationId | null): Promise<void> {
    waiting.delete(organizationId);
    const found = await aliases.inForce(organizationId);
    if (organizationId === null) {
      names = new Map([...Map.groupBy(found, (alias) => alias.organizationId)].map(([id, list]) => [id, byName(list)]));
      known = true;
    } else if (found.length === 0) names.delete(organizationId);
    else names.set(organizationId, byName(found));
  }

  /** Rejects when the database does not answer. */
  function next(organizationId: OrganizationId | null): Promise<void> {
    const shared = waiting.get(organizationId) ?? waiting.get(null);
    if (shared !== undefined) return shared;
    const reading = last.then(() => read(organizationId));
    waiting.set(organizationId, reading);
    last = reading.catch((error: unknown) => later(error));
    return reading;
  }

  function later(error: unknown): void {
    if (closed || retry !== null) return;
    log.warn('The aliases could not be read; those known so far hold until they can be.', { error });
    retry = clock.timer(retryMs, () => {
      retry = null;
      void next(null).catch(() => undefined);
    });
  }

  void next(null).catch(() => undefined);
  return {
    ready: () => (known ? null : next(null)),
    find(organizationId, name) {
      if (!known) throw new GatewayError('STORE_UNAVAILABLE', 'The aliases have not been read yet; ask again.', { retryAfterMs: retryMs });
      return names.get(organizationId)?.get(name) ?? null;
    },
    list: (organizationId) => [...(names.get(organizationId) ?? none).values()],
    reload: (organizationId) => next(organizationId).catch(() => undefined),
    heard(change) {
      if (change === null) void next(null).catch(() => undefined);
      else if (change.type === 'ALIAS') void next(change.organizationId).catch(() => undefined);
    },
    [Symbol.dispose]() {
      closed = true;
      retry?.clear();
    },
  };
}

function byName(list: readonly AliasVersion[]): Names {
  return new Map(list.map((alias) => [alias.name, alias]));
}
