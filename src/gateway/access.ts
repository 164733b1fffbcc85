import { isInRange, readAddressRanges } from '../domain/addressRange.ts';
import { GatewayError } from '../domain/errors.ts';
import { keyHolder } from '../domain/holder.ts';
import { makeRoom } from '../domain/makeRoom.ts';
import type { Principal } from '../domain/principal.ts';
import type { ApiKey } from '../domain/tenancy.ts';
import { apiKeyStatus } from '../domain/tenancy.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets, ClientTokens } from '../ports/credential.ts';
import type { ApiKeyStore, StoreChange } from '../ports/store.ts';
import { createEndWatch } from './endWatch.ts';
import type { Access } from './gateway.ts';
import type { NamedUsers } from './namedUser.ts';
import { createTokenAccess } from './tokenAccess.ts';
import type { UserAccess } from './userAccess.ts';

export interface AccessParts {
  readonly secrets: ApiKeySecrets;
  readonly tokens: ClientTokens;
  readonly apiKeys: ApiKeyStore;
  readonly users: UserAccess;
  readonly named: NamedUsers;
  readonly clock: Clock;
}

/** Access, and a way to forget at once what has been changed. */
export interface KeyAccess extends Access {
  /** Null: anything may have been changed. */
  forget(change: StoreChange | null): void;
}

interface Entry {
  readonly key: ApiKey | null;
  readonly principal: Principal | null;
  readonly staleAt: number;
}

/** Changes are heard of; this is for one that nobody told, such as a row that came with a restored backup. */
const knownMs = 60_000;
/** Short, so that a key is good soon after it is made elsewhere. */
const unknownMs = 5000;
const mostEntries = 10_000;

/** Fails closed: without the store no key that is not remembered is let in. */
export function createAccess({ secrets, tokens, apiKeys, users, named, clock }: AccessParts): KeyAccess {
  const entries = new Map<string, Entry>();
  const lookups = new Map<string, Promise<Entry>>();
  /** By which secret a principal was let in: another one of its key may live on when that one has ended. */
  const hashes = new WeakMap<Principal, string>();
  let changes = 0;

  async function lookUp(name: string, read: () => Promise<ApiKey | null>): Promise<Entry> {
    const before = changes;
    const key = await read();
    const principal = key === null ? null : toPrincipal(key);
    if (principal !== null) hashes.set(principal, name);
    const entry: Entry = { key, principal, staleAt: staleFrom(key, clock.now()) };
    // What was read before a change is not remembered after it.
    if (changes !== before) return entry;
    makeRoom(entries, mostEntries);
    entries.set(name, entry);
    return entry;
  }

  /** One query at a time for one key, however many ask. It is remembered by the hash of a secret, or by its own id. */
  function findBy(name: string, read: () => Promise<ApiKey | null>): Entry | Promise<Entry> {
    const entry = entries.get(name);
    if (entry !== undefined && entry.staleAt > clock.now()) return entry;
    const running = lookups.get(name);
    if (running !== undefined) return running;
    const lookup = lookUp(name, read).finally(() => {
      if (lookups.get(name) === lookup) lookups.delete(name);
    });
    lookups.set(name, lookup);
    return lookup;
  }

  const find = (hash: string) => findBy(hash, () => apiKeys.findByHash(hash, clock.now()));

  const byToken = createTokenAccess({
    tokens,
    clock,
    async keyOf(id) {
      const entry = await findBy(id, async () => (await apiKeys.find([id]))[0] ?? null);
      return admit(entry, clock.now());
    },
    users: named,
  });

  async function renew(principal: Principal): Promise<Principal> {
    if (principal.kind === 'CLIENT_TOKEN') return byToken.renew(principal);
    if (principal.kind === 'USER') return users.renew(principal);
    const hash = hashes.get(principal);
    if (hash === undefined) throw refused('The API key is not known.');
    const entry = await find(hash);
    if (entry.key === null) throw refused('The secret of the API key has ended.');
    return admit(entry, clock.now());
  }

  const watch = createEndWatch({ clock, renew });

  return {
    async authenticate(credential, address = null) {
      if (tokens.isOne(credential)) return from(address, await byToken.authenticate(credential));
      if (users.isOne(credential)) return from(address, await users.authenticate(credential, address));
      const secret = secrets.read(credential);
      if (secret === null) throw refused('The credential is malformed or mistyped: it is neither an API key nor a token.');
      const found = find(secret.hash);
      return from(address, admit(found instanceof Promise ? await found : found, clock.now()));
    },
    renew: async (principal, address = null) => from(address, await renew(principal)),
    onEnd: watch.onEnd,
    forget(change) {
      if (change?.type === 'BUDGET' || change?.type === 'ALIAS') return;
      users.forget(change);
      named.forget(change);
      changes++;
      // What is being read may have been read before the change, and nobody knows yet of which key it is.
      lookups.clear();
      // A key may have several living secrets, and one that was not known may be known now.
      for (const [hash, { key }] of entries) if (key === null || concerns(change, { ...key, apiKeyId: key.id })) entries.delete(hash);
      watch.look((principal) => concerns(change, principal));
    },
  };
}

function concerns(
  change: StoreChange | null,
  { organizationId, apiKeyId, userId }: Pick<Principal, 'organizationId' | 'apiKeyId' | 'userId'>,
): boolean {
  if (change === null) return true;
  if (change.type === 'API_KEY') return change.id === apiKeyId;
  return change.organizationId === organizationId && (change.type !== 'USER' || change.id === userId);
}

function admit({ key, principal }: Entry, now: number): Principal {
  if (key === null || principal === null) throw refused('The API key is not known.');
  const status = apiKeyStatus(key, now);
  if (status === 'REVOKED') throw refused('The API key has been revoked.');
  if (status === 'EXPIRED') throw refused('The API key has expired.');
  if (status === 'DISABLED') throw refused('The API key is disabled.');
  return principal;
}

/** The sentence names no range: whoever holds a key that is not theirs is told nothing of where it works. */
function from(address: string | null, principal: Principal): Principal {
  const { allowedAddresses } = principal;
  if (allowedAddresses === null || (address !== null && isInRange(allowedAddresses, address))) return principal;
  throw new GatewayError('FORBIDDEN', 'The API key may not be used from this address.');
}

/** Not beyond the end of the key or of its secret; what has ended is remembered as such. */
function staleFrom(key: ApiKey | null, now: number): number {
  if (key === null) return now + unknownMs;
  const latest = now + knownMs;
  return key.expiresAt !== null && key.expiresAt > now ? Math.min(latest, key.expiresAt) : latest;
}

function toPrincipal(key: ApiKey): Principal {
  return {
    kind: 'API_KEY',
    id: key.id,
    holder: keyHolder(key.id),
    organizationId: key.organizationId,
    teamId: key.teamId,
    userId: key.userId,
    apiKeyId: key.id,
    name: key.name,
    scopes: new Set(key.scopes),
    allowedModels: key.allowedModels,
    allowedAddresses: key.allowedAddresses === null ? null : readAddressRanges(key.allowedAddresses),
    rules: key.directives,
    limits: [],
    expiresAt: key.expiresAt,
  };
}

function refused(sentence: string): GatewayError {
  return new GatewayError('UNAUTHENTICATED', sentence);
}
