import { makeRoom } from '../domain/makeRoom.ts';
import type { Principal } from '../domain/principal.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoreChange, UserStore } from '../ports/store.ts';

/** Whose calls a key's token is for. */
export type NamedUser = Pick<Principal, 'organizationId' | 'teamId'> & { readonly userId: NonNullable<Principal['userId']> };

/** The users that client tokens name, remembered so that using a token costs no query. One that was never made is none that was disabled. */
export interface NamedUsers {
  isDisabled(user: NamedUser): boolean | Promise<boolean>;
  /** Null: anything may have been changed. */
  forget(change: StoreChange | null): void;
}

interface Entry {
  readonly disabled: boolean;
  readonly staleAt: number;
}

/** Changes are heard of; this is for one that nobody told. */
const knownMs = 60_000;
const mostEntries = 10_000;

export function createNamedUsers(users: Pick<UserStore, 'findPlace'>, clock: Clock): NamedUsers {
  const entries = new Map<string, Entry>();
  let changes = 0;

  async function lookUp(name: string, { organizationId, teamId, userId }: NamedUser): Promise<boolean> {
    const before = changes;
    const place = await users.findPlace({ organization: organizationId, team: teamId, userId });
    const disabled = (place?.user?.disabledAt ?? null) !== null;
    // What was read before a change is not remembered after it.
    if (changes !== before) return disabled;
    makeRoom(entries, mostEntries);
    entries.set(name, { disabled, staleAt: clock.now() + knownMs });
    return disabled;
  }

  return {
    isDisabled(user) {
      const name = nameOf(user.organizationId, user.userId);
      const entry = entries.get(name);
      return entry !== undefined && entry.staleAt > clock.now() ? entry.disabled : lookUp(name, user);
    },
    forget(change) {
      changes++;
      if (change === null) entries.clear();
      else if (change.type === 'USER') entries.delete(nameOf(change.organizationId, change.id));
    },
  };
}

function nameOf(organizationId: string, userId: string): string {
  return `${organizationId}/${userId}`;
}
