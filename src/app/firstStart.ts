import type { AuditAct, AuditAction } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId, AuditEntryId, OrganizationId, TeamId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Team } from '../domain/tenancy.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets, IssuedSecret } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Store } from '../ports/store.ts';

export interface FirstStartParts {
  readonly store: Store;
  readonly secrets: ApiKeySecrets;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The administrator's key that the operator chose; null: one is made at the first start. */
  readonly adminKey: IssuedSecret | null;
}

/** Makes organization, team and administrator key where there are none. Answers the secret that was made, to be shown once; else null. */
export async function prepareFirstStart({ store, secrets, clock, ids, adminKey }: FirstStartParts): Promise<string | null> {
  const team = await ensureDefaultTeam(store, clock, ids);
  if (adminKey !== null) {
    if ((await store.apiKeys.findByHash(adminKey.hash, clock.now())) === null)
      await createAdminKey(store, { id: toId(ids.next()), team, issued: adminKey, clock, ids });
    return null;
  }
  if (await store.apiKeys.any()) return null;
  const issued = secrets.issue();
  // Of many replicas that start at once all come here: having the organization's id, the key can be made by one of them alone.
  const made = await createAdminKey(store, { id: toId(team.organizationId), team, issued, clock, ids });
  return made ? issued.secret : null;
}

/** The team `default` of the organization `default`, made where there is none. */
export async function ensureDefaultTeam(store: Store, clock: Clock, ids: IdSource): Promise<Team> {
  const createdAt = clock.now();
  const organization = { id: toId<OrganizationId>(ids.next()), name: 'default', createdAt, disabledAt: null };
  const proposed = { id: toId<TeamId>(ids.next()), organizationId: organization.id, name: 'default', createdAt, disabledAt: null };
  const acts = { organization: actOf('CREATE_ORGANIZATION', { clock, ids }), team: actOf('CREATE_TEAM', { clock, ids }) };
  const { team } = await store.tenancy.ensureDefaults({ organization, team: proposed }, acts);
  return team;
}

/** Nobody asked for it: it is the gateway's own. */
function actOf(action: AuditAction, { clock, ids }: Pick<FirstStartParts, 'clock' | 'ids'>): AuditAct {
  const actor = { kind: 'SYSTEM', id: 'system', name: 'first start' } as const;
  return { id: toId<AuditEntryId>(ids.next()), at: clock.now(), actor, address: null, action };
}

interface NewAdminKey {
  readonly id: ApiKeyId;
  readonly team: Team;
  readonly issued: IssuedSecret;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** False: another replica that starts at the same moment was first. */
async function createAdminKey(store: Store, { id, team, issued, clock, ids }: NewAdminKey): Promise<boolean> {
  const { hash, prefix, lastFour } = issued;
  const key = {
    id,
    organizationId: team.organizationId,
    teamId: team.id,
    userId: null,
    name: 'administrator',
    prefix,
    lastFour,
    scopes: ['ADMIN'] as const,
    allowedModels: null,
    allowedAddresses: null,
    labels: [],
    directives: null,
    createdAt: clock.now(),
    expiresAt: null,
    revokedAt: null,
    disabledAt: null,
  };
  try {
    await store.apiKeys.create(key, hash, actOf('CREATE_API_KEY', { clock, ids }));
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'CONFLICT') return false;
    throw error;
  }
}
