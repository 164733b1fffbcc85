import { GatewayError } from '../domain/errors.ts';
import { userHolder } from '../domain/holder.ts';
import type { AuditEntryId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { makeRoom } from '../domain/makeRoom.ts';
import type { Principal } from '../domain/principal.ts';
import type { User } from '../domain/tenancy.ts';
import { unplaced } from '../domain/unplaced.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { UserTokens, VouchedUser } from '../ports/issuer.ts';
import type { StoreChange, UserPlace, UserStore } from '../ports/store.ts';

export interface UserAccessParts {
  readonly userTokens: UserTokens;
  readonly users: Pick<UserStore, 'findPlace' | 'createUser'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Who asks with a token of an issuer: a user of an organization, made at its first sight. */
export interface UserAccess {
  /** Whether the credential has the form of such a token. */
  isOne(credential: string): boolean;
  /** `address` is for the audit log. Throws as `UserTokens.read` does, UNAUTHENTICATED when the user is disabled, FORBIDDEN when it has no place here. */
  authenticate(token: string, address: string | null): Promise<Principal>;
  /** As `Access.renew`. Throws UNAUTHENTICATED also when the user has lost its place. */
  renew(principal: Principal): Promise<Principal>;
  /** Null: anything may have been changed. */
  forget(change: StoreChange | null): void;
}

interface Entry {
  readonly principal: Principal | GatewayError;
  readonly concerns: (change: StoreChange) => boolean;
  readonly staleAt: number;
}

/** Changes are heard of; this is for one that nobody told. */
const knownMs = 60_000;
/** Short, so that a user who was refused is let in soon after that is put right. */
const refusedMs = 5000;
const mostEntries = 10_000;

export function createUserAccess({ userTokens, users, clock, ids }: UserAccessParts): UserAccess {
  const entries = new Map<VouchedUser, Entry>();
  const lookups = new Map<VouchedUser, Promise<Entry>>();
  /** By which token a principal was let in. */
  const tokens = new WeakMap<Principal, string>();
  let changes = 0;

  /** Another replica may see the user first. */
  async function makeUser(vouched: VouchedUser, { organizationId }: UserPlace, address: string | null): Promise<User | null> {
    const { userId, name, issuer } = vouched;
    const at = clock.now();
    const user: User = { id: userId, organizationId, name, createdAt: at, disabledAt: null };
    const actor = { kind: 'SYSTEM', id: 'system', name: issuer } as const;
    try {
      await users.createUser(user, { id: toId<AuditEntryId>(ids.next()), at, actor, address, action: 'CREATE_USER' });
      return user;
    } catch (error) {
      if (!(error instanceof GatewayError && error.code === 'CONFLICT')) throw error;
      return (await users.findPlace(vouched))?.user ?? null;
    }
  }

  /** Nobody is made where nobody is let in. */
  async function userAt(vouched: VouchedUser, place: UserPlace, address: string | null): Promise<User | null> {
    return place.user ?? (place.disabledAt === null ? await makeUser(vouched, place, address) : null);
  }

  async function lookUp(vouched: VouchedUser, address: string | null): Promise<Entry> {
    const before = changes;
    const place = await users.findPlace(vouched);
    const user = place === null ? null : await userAt(vouched, place, address);
    const entry = toEntry(vouched, place === null ? null : { ...place, user }, clock.now());
    // What was read before a change is not remembered after it.
    if (changes !== before) return entry;
    makeRoom(entries, mostEntries);
    entries.set(vouched, entry);
    return entry;
  }

  /** One query at a time for one token, however many ask. */
  function find(vouched: VouchedUser, address: string | null): Entry | Promise<Entry> {
    const entry = entries.get(vouched);
    if (entry !== undefined && entry.staleAt > clock.now()) return entry;
    const running = lookups.get(vouched);
    if (running !== undefined) return running;
    const lookup = lookUp(vouched, address).finally(() => {
      if (lookups.get(vouched) === lookup) lookups.delete(vouched);
    });
    lookups.set(vouched, lookup);
    return lookup;
  }

  async function authenticate(token: string, address: string | null): Promise<Principal> {
    const vouched = userTokens.read(token);
    const found = find(vouched instanceof Promise ? await vouched : vouched, address);
    const { principal } = found instanceof Promise ? await found : found;
    if (principal instanceof GatewayError) throw principal;
    tokens.set(principal, token);
    return principal;
  }

  return {
    isOne: userTokens.isOne,
    authenticate,
    async renew(principal) {
      const token = tokens.get(principal);
      if (token === undefined) throw refused('The token is not known.');
      return authenticate(token, null).catch((error: unknown) => {
        throw error instanceof GatewayError && error.code === 'FORBIDDEN' ? refused(error.message) : error;
      });
    },
    forget(change) {
      changes++;
      lookups.clear();
      for (const [vouched, { concerns }] of entries) if (change === null || concerns(change)) entries.delete(vouched);
    },
  };
}

/** `place` is null when the organization or the team is not there. */
function toEntry(vouched: VouchedUser, place: UserPlace | null, now: number): Entry {
  const staleAt = now + refusedMs;
  // It could become good by whatever is made or renamed.
  if (place === null) return { principal: unplaced(), concerns: () => true, staleAt };
  const { organizationId, disabledAt, user } = place;
  const concerns = ({ type, organizationId: changed, id }: StoreChange) =>
    changed === organizationId && (type === 'ORGANIZATION' || type === 'TEAM' || (type === 'USER' && id === vouched.userId));
  if (disabledAt !== null) return { principal: refused('The organization or the team of the user is disabled.'), concerns, staleAt };
  if (user === null) return { principal: unplaced(), concerns: () => true, staleAt };
  if (user.disabledAt !== null) return { principal: refused('The user is disabled.'), concerns, staleAt };
  return { principal: toPrincipal(vouched, { ...place, user }), concerns, staleAt: Math.min(now + knownMs, vouched.expiresAt) };
}

function toPrincipal({ scopes, expiresAt }: VouchedUser, { organizationId, teamId, user }: UserPlace & { readonly user: User }): Principal {
  return {
    kind: 'USER',
    id: user.id,
    holder: userHolder(organizationId, user.id),
    organizationId,
    teamId,
    userId: user.id,
    apiKeyId: null,
    name: user.name,
    scopes,
    allowedModels: null,
    allowedAddresses: null,
    rules: null,
    limits: [],
    expiresAt,
  };
}

function refused(sentence: string): GatewayError {
  return new GatewayError('UNAUTHENTICATED', sentence);
}
