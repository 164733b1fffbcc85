import { GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { ApiKey } from '../domain/tenancy.ts';
import { apiKeyStatus } from '../domain/tenancy.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets } from '../ports/credential.ts';
import type { ApiKeyStore } from '../ports/store.ts';
import type { Access } from './gateway.ts';

export interface AccessParts {
  readonly secrets: ApiKeySecrets;
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
}

/** Access, and a way to forget a key at once when it has been changed here. */
export interface KeyAccess extends Access {
  forget(apiKeyId: string): void;
}

interface Entry {
  readonly key: ApiKey | null;
  readonly principal: Principal | null;
  readonly staleAt: number;
}

/** A change made on another replica is seen after this long at the latest. */
const knownMs = 60_000;
/** Short, so that a key is good soon after it is made elsewhere. */
const unknownMs = 5000;
const mostEntries = 10_000;

/** Fails closed: without the store no key that is not remembered is let in. */
export function createAccess({ secrets, apiKeys, clock }: AccessParts): KeyAccess {
  const entries = new Map<string, Entry>();
  const lookups = new Map<string, Promise<Entry>>();
  /** By which secret a principal was let in: another one of its key may live on when that one has ended. */
  const hashes = new WeakMap<Principal, string>();
  let changes = 0;

  async function lookUp(hash: string): Promise<Entry> {
    const before = changes;
    const key = await apiKeys.findByHash(hash, clock.now());
    const principal = key === null ? null : toPrincipal(key);
    if (principal !== null) hashes.set(principal, hash);
    const entry: Entry = { key, principal, staleAt: staleFrom(key, clock.now()) };
    // What was read before a change is not remembered after it.
    if (changes !== before) return entry;
    if (entries.size >= mostEntries) forgetOldest(entries);
    entries.set(hash, entry);
    return entry;
  }

  /** One query at a time for one key, however many ask. */
  function find(hash: string): Entry | Promise<Entry> {
    const entry = entries.get(hash);
    if (entry !== undefined && entry.staleAt > clock.now()) return entry;
    const running = lookups.get(hash);
    if (running !== undefined) return running;
    const lookup = lookUp(hash).finally(() => lookups.delete(hash));
    lookups.set(hash, lookup);
    return lookup;
  }

  return {
    async authenticate(credential) {
      const secret = secrets.read(credential);
      if (secret === null) throw refused('The API key is malformed or mistyped.');
      const found = find(secret.hash);
      const { key, principal } = found instanceof Promise ? await found : found;
      if (key === null || principal === null) throw refused('The API key is not known.');
      const status = apiKeyStatus(key, clock.now());
      if (status === 'REVOKED') throw refused('The API key has been revoked.');
      if (status === 'EXPIRED') throw refused('The API key has expired.');
      if (status === 'DISABLED') throw refused('The API key is disabled.');
      return principal;
    },
    async stillValid(principal) {
      const hash = hashes.get(principal);
      const key = hash === undefined ? (await apiKeys.find([principal.apiKeyId]))[0] : (await find(hash)).key;
      return key !== undefined && key !== null && apiKeyStatus(key, clock.now()) === 'ACTIVE';
    },
    forget(apiKeyId) {
      changes++;
      // A key may have several living secrets.
      for (const [hash, { key }] of entries) if (key?.id === apiKeyId) entries.delete(hash);
    },
  };
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
    organizationId: key.organizationId,
    teamId: key.teamId,
    userId: key.userId,
    apiKeyId: key.id,
    name: key.name,
    scopes: new Set(key.scopes),
    allowedModels: key.allowedModels,
    expiresAt: key.expiresAt,
  };
}

function refused(sentence: string): GatewayError {
  return new GatewayError('UNAUTHENTICATED', sentence);
}

/** A Map keeps the order of insertion: the first is the oldest. */
function forgetOldest(entries: Map<string, unknown>): void {
  const oldest = entries.keys().next();
  if (oldest.done !== true) entries.delete(oldest.value);
}
