import type { Budget } from '../../src/domain/budget.ts';
import type { Completion, CompletionEvent, CompletionRequest } from '../../src/domain/completion.ts';
import type { EmbeddingRequest, Embeddings } from '../../src/domain/embedding.ts';
import { toId } from '../../src/domain/id.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Principal } from '../../src/domain/principal.ts';
import { allScopes } from '../../src/domain/principal.ts';
import { noPreferences } from '../../src/domain/route.ts';
import type { GatewayParts, OpenGateway } from '../../src/gateway/createGateway.ts';
import { createGateway } from '../../src/gateway/createGateway.ts';
import type { Caller, RunningCompletion } from '../../src/gateway/gateway.ts';
import { createClientTokens } from '../../src/identity/clientToken.ts';
import type { ApiKeySecrets } from '../../src/ports/credential.ts';
import type { Vault } from '../../src/ports/vault.ts';
import { createVault } from '../../src/system/vault.ts';
import { silentTelemetry } from '../../src/telemetry/silent.ts';
import type { FakeLedger } from './fakeLedger.ts';
import { createFakeLedger } from './fakeLedger.ts';
import type { FakeStore } from './fakeStore.ts';
import { createFakeStore } from './fakeStore.ts';
import { createFakeUserTokens } from './fakeUserTokens.ts';
import type { HouseCatalog } from './houseCatalog.ts';
import { createHouseCatalog } from './houseCatalog.ts';
import type { ManualClock } from './manualClock.ts';
import { createManualClock } from './manualClock.ts';
import { promptOf } from './providerCall.ts';
import { silentLog } from './silentLog.ts';
import { apiKey, budget, organization, principalWith, team } from './things.ts';

export interface HouseSettings extends Partial<Pick<GatewayParts, 'maxInFlight' | 'draw' | 'userTokens' | 'telemetry'>> {
  readonly principal?: Partial<Principal>;
  /** Changes to a budget of the house's key: its money, without an end. */
  readonly budgets?: readonly Partial<Budget>[];
  readonly startMs?: number;
  /** The keys of another house, for two replicas of one database. */
  readonly sharing?: House;
  readonly keepAnswers?: boolean;
  readonly vault?: Vault;
  readonly coalesceMs?: number;
  /** How often a call may try. Default 4. */
  readonly attempts?: number;
}

/** A gateway in a world moved by hand, with one key to call it. */
export interface House {
  readonly clock: ManualClock;
  readonly gateway: OpenGateway;
  readonly store: FakeStore;
  readonly ledger: FakeLedger;
  readonly catalog: HouseCatalog;
  readonly caller: Caller;
  /** Admits and starts a call. */
  start(changes?: Partial<CompletionRequest>, how?: StartHow): Promise<RunningCompletion>;
  /** Admits, runs and answers a call that is not streamed. */
  complete(changes?: Partial<CompletionRequest>): Promise<Completion>;
  /** Admits and runs a call that is streamed; all its events. */
  stream(changes?: Partial<CompletionRequest>): Promise<readonly CompletionEvent[]>;
  embed(...requests: readonly Partial<EmbeddingRequest>[]): Promise<readonly (Embeddings | Error)[]>;
}

export interface StartHow {
  readonly streamed?: boolean;
  readonly caller?: Caller;
}

export function house(settings: HouseSettings = {}): House {
  const clock = settings.sharing?.clock ?? createManualClock(settings.startMs);
  const store = settings.sharing?.store ?? createFakeStore();
  const ledger = createFakeLedger((event) => store.rows.usage.push(event));
  const catalog = createHouseCatalog(clock);
  if (settings.sharing === undefined) seed(store, settings.budgets ?? []);
  const replica = settings.sharing === undefined ? 0 : 1;
  let ids = replica * 1_000_000;
  const gateway = createGateway({
    store,
    ledger,
    catalog,
    clock,
    log: silentLog,
    telemetry: settings.telemetry ?? silentTelemetry,
    secrets: fakeSecrets,
    ids: { next: () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}` },
    tokens: createClientTokens(new Uint8Array(32)),
    userTokens: settings.userTokens ?? createFakeUserTokens(),
    vault: settings.vault ?? createVault(new Uint8Array(32)),
    replicaId: toId(replica === 0 ? 'replica' : 'another replica'),
    draw: settings.draw ?? (() => 0),
    maxInFlight: settings.maxInFlight ?? 100,
    idempotency: () => ({ keepAnswers: settings.keepAnswers ?? true, hours: 24 }),
    defaults: () => ({
      timeouts: defaultTimeouts,
      graceMs: 30_000,
      sort: null,
      maxOutputTokens: null,
      embeddings: { coalesceMs: settings.coalesceMs ?? 2 },
      attempts: settings.attempts ?? 4,
      backoffMs: 500,
      breaker: { failures: 5, openMs: 5000 },
    }),
  });
  const caller: Caller = {
    principal: { ...principalWith(...allScopes), ...settings.principal },
    requestId: 'request',
    address: '192.0.2.1',
  };

  async function start(changes: Partial<CompletionRequest> = {}, how: StartHow = {}): Promise<RunningCompletion> {
    const request = requestOf(changes);
    const asker = how.caller ?? caller;
    const place = 'call.input';
    const { model, tags, endUser, idempotencyKey } = request;
    using admission = await gateway.admission.admit(asker, [{ place, model, tags, endUser, idempotencyKey, cost: null }]);
    return await gateway.completions.start(asker, request, { streamed: how.streamed ?? true, admission, place });
  }

  return {
    clock,
    gateway,
    store,
    ledger,
    catalog,
    caller,
    start,
    complete: (changes) => clock.until(start(changes, { streamed: false }).then(({ answer }) => answer)),
    stream: (changes) => clock.until(start(changes).then(readAll)),
    async embed(...requests) {
      const asked = requests.map((changes, index) => ({ place: `call${index}.input`, request: embeddingOf(changes) }));
      const subjects = asked.map(({ place, request: { model, tags, endUser, idempotencyKey } }) => ({
        place,
        model,
        tags,
        endUser,
        idempotencyKey,
        cost: null,
      }));
      using admission = await gateway.admission.admit(caller, subjects);
      return await clock.until(gateway.embeddings.embed(caller, asked, { admission, signal: new AbortController().signal }));
    },
  };
}

function seed({ rows }: FakeStore, budgets: readonly Partial<Budget>[]): void {
  rows.organizations.push(organization);
  rows.teams.push(team);
  rows.apiKeys.push(apiKey);
  rows.hashes.set('hash of k1', apiKey.id);
  for (const [index, changes] of budgets.entries())
    rows.budgets.push({ ...budget, id: toId(`b${index + 1}`), window: 'TOTAL', ...changes });
}

const defaultTimeouts = { firstTokenMs: 60_000, idleMs: 30_000, totalMs: 600_000 };

/** `mg_x` is a secret; everything else is mistyped. */
const fakeSecrets: ApiKeySecrets = {
  issue: () => ({ secret: 'mg_new', hash: 'hash of new', prefix: 'mg_', lastFour: 'new' }),
  read: (secret) => (secret.startsWith('mg_') ? { secret, hash: `hash of ${secret.slice(3)}`, prefix: 'mg_', lastFour: 'abcd' } : null),
};

/** Asks `acme/chat` for at most 100 tokens. */
export function requestOf(changes: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    model: 'acme/chat',
    prompt: promptOf(),
    maxOutputTokens: 100,
    route: noPreferences,
    timeouts: defaultTimeouts,
    maxCost: null,
    tags: [],
    endUser: null,
    idempotencyKey: null,
    onReroute: 'CONTINUE_ONLY',
    onDisconnect: { left: 'CANCEL', cut: 'CANCEL', graceMs: 30_000 },
    coalesceMs: 0,
    ...changes,
  };
}

export function embeddingOf(changes: Partial<EmbeddingRequest>): EmbeddingRequest {
  return {
    model: 'acme/embed',
    inputs: ['a river'],
    dimensions: null,
    route: noPreferences,
    timeouts: defaultTimeouts,
    maxCost: null,
    tags: [],
    endUser: null,
    idempotencyKey: null,
    providerOptions: {},
    ...changes,
  };
}

/** A request to the sandbox, with options for it. */
export function sandboxed(options: JsonObject, changes: Partial<CompletionRequest> = {}): Partial<CompletionRequest> {
  return { model: 'sandbox/chat', prompt: promptOf({ providerOptions: { sandbox: options } }), ...changes };
}

/** All events of a call, from behind sequence `after`. */
export async function readAll(running: RunningCompletion, after = 0): Promise<readonly CompletionEvent[]> {
  return Array.fromAsync(running.subscribe(after));
}

/** What a key other than the house's would be. */
export function otherCaller(): Caller {
  return {
    principal: { ...principalWith(...allScopes), id: 'k2', apiKeyId: toId('k2'), holder: toId('key:k2') },
    requestId: 'other',
    address: null,
  };
}
