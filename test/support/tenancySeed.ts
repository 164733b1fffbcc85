import { randomUUID } from 'node:crypto';
import type { Attempt } from '../../src/domain/attempt.ts';
import type { AuditAct, AuditAction } from '../../src/domain/audit.ts';
import type { Budget } from '../../src/domain/budget.ts';
import { keyHolder } from '../../src/domain/holder.ts';
import { toId } from '../../src/domain/id.ts';
import { noCost, unknownPrice } from '../../src/domain/price.ts';
import type { ApiKey, Organization, Team } from '../../src/domain/tenancy.ts';
import { noUsage } from '../../src/domain/usage.ts';
import type { AttemptStart, CallStart, UsageEvent } from '../../src/domain/usageEvent.ts';
import type { AuditFilter, Store } from '../../src/ports/store.ts';
import { createClock } from '../../src/system/clock.ts';
import { createIds } from '../../src/system/ids.ts';

const ids = createIds(createClock());
const createdAt = Date.UTC(2026, 9, 1);

/** The names under which a call is booked. */
export interface Booking {
  readonly organization: Pick<Organization, 'id'>;
  readonly team: Pick<Team, 'id'>;
  readonly apiKey: Pick<ApiKey, 'id'>;
}

export interface Tenancy extends Booking {
  readonly organization: Organization;
  readonly team: Team;
  readonly apiKey: ApiKey;
  readonly secretHash: string;
}

export function nextId(): string {
  return ids.next();
}

export const anyAct: AuditFilter = { organizationId: null, actions: null, actorId: null, subjectId: null, from: null, to: null };

/** What somebody does next. */
export function newAct(action: AuditAction, changes: Partial<AuditAct> = {}): AuditAct {
  const actor = { kind: 'API_KEY', id: nextId(), name: 'administrator' } as const;
  return { id: toId(nextId()), at: createdAt, actor, address: '192.0.2.1', action, ...changes };
}

/** An organization with one team and one key, apart from all others. */
export async function seedTenancy(store: Store): Promise<Tenancy> {
  const organization: Organization = { id: toId(ids.next()), name: `organization ${randomUUID()}`, createdAt, disabledAt: null };
  await store.tenancy.createOrganization(organization, newAct('CREATE_ORGANIZATION'));
  const team: Team = { id: toId(ids.next()), organizationId: organization.id, name: 'search', createdAt, disabledAt: null };
  await store.tenancy.createTeam(team, newAct('CREATE_TEAM'));
  const apiKey = newApiKey(organization, team);
  const secretHash = randomUUID();
  await store.apiKeys.create(apiKey, secretHash, newAct('CREATE_API_KEY'));
  return { organization, team, apiKey, secretHash };
}

export function newApiKey(organization: Organization, team: Team, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: toId(ids.next()),
    organizationId: organization.id,
    teamId: team.id,
    userId: null,
    name: 'web "quoted"',
    prefix: 'mg_live_AbCd',
    lastFour: 'wxyz',
    scopes: ['MODELS_READ', 'COMPLETIONS_WRITE'],
    allowedModels: null,
    allowedAddresses: null,
    labels: [],
    directives: null,
    createdAt,
    expiresAt: null,
    revokedAt: null,
    disabledAt: null,
    ...changes,
  };
}

export function newBudget({ organization, apiKey }: Tenancy, changes: Partial<Budget> = {}): Budget {
  return {
    id: toId(ids.next()),
    organizationId: organization.id,
    scope: { type: 'API_KEY', id: apiKey.id },
    meter: 'SPEND',
    window: 'TOTAL',
    timeZone: 'UTC',
    limit: 1000n,
    policy: 'STRICT',
    shadow: false,
    createdAt,
    endsAt: null,
    ...changes,
  };
}

export function newCall({ organization, team, apiKey }: Booking, changes: Partial<CallStart> = {}): CallStart {
  return {
    id: toId(ids.next()),
    replicaId: toId(ids.next()),
    startedAt: Date.UTC(2026, 9, 20, 12),
    operation: 'COMPLETION',
    streamed: true,
    organizationId: organization.id,
    teamId: team.id,
    userId: null,
    apiKeyId: apiKey.id,
    holder: keyHolder(apiKey.id),
    endUser: null,
    tags: [{ name: 'feature', value: 'search' }],
    requestedModel: 'sandbox/chat',
    alias: null,
    ...changes,
  };
}

export function newAttempt(call: CallStart, changes: Partial<AttemptStart> = {}): AttemptStart {
  return {
    id: call.id,
    model: toId('sandbox/chat'),
    provider: toId('sandbox'),
    offer: toId('sandbox/sandbox/chat'),
    simulated: true,
    region: null,
    providerModel: 'chat',
    price: { ...unknownPrice, input: 1000n, output: 1000n },
    priceSource: 'SIMULATION',
    startedAt: call.startedAt,
    earlier: [],
    holds: [],
    mostCost: null,
    ...changes,
  };
}

/** An attempt that ended: 10 and 20 tokens at a nanodollar each. */
export function endedAttempt(changes: Partial<Attempt>): Attempt {
  return {
    provider: toId('sandbox'),
    model: toId('sandbox/chat'),
    offer: toId('sandbox/sandbox/chat'),
    providerModel: 'chat',
    answeredModel: null,
    outcome: 'SUCCEEDED',
    errorCode: null,
    startedAt: Date.UTC(2026, 9, 20, 12),
    firstTokenMs: 12.5,
    durationMs: 100,
    usage: { ...noUsage, inputTokens: 10, outputTokens: 20 },
    price: { ...unknownPrice, input: 1000n, output: 1000n },
    priceSource: 'CATALOG',
    cost: { ...noCost, total: 30n, input: 10n, output: 20n },
    apportioned: false,
    providerRequestId: null,
    ...changes,
  };
}

export function newUsage(call: CallStart, changes: Partial<UsageEvent> = {}): UsageEvent {
  return {
    ...call,
    outcome: 'SUCCEEDED',
    errorCode: null,
    model: toId('sandbox/chat'),
    provider: toId('sandbox'),
    offer: toId('sandbox/sandbox/chat'),
    region: null,
    simulated: true,
    usage: { ...noUsage, inputTokens: 10, outputTokens: 20 },
    cost: { ...noCost, total: 30n, input: 10n, output: 20n },
    saved: null,
    firstTokenMs: 12.5,
    durationMs: 100,
    finishReason: 'STOP',
    providerFinishReason: 'stop',
    attempts: [],
    draws: [],
    ...changes,
  };
}
