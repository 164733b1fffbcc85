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
  const team = await ensureTeam(store, clock, ids);
  if (adminKey !== null) {
    if ((await store.apiKeys.findByHash(adminKey.hash, clock.now())) === null)
      await createAdminKey(store, { team, issued: adminKey, clock, ids });
    return null;
  }
  if (await store.apiKeys.any()) return null;
  const issued = secrets.issue();
  await createAdminKey(store, { team, issued, clock, ids });
  return issued.secret;
}

async function ensureTeam(store: Store, clock: Clock, ids: IdSource): Promise<Team> {
  const createdAt = clock.now();
  const organization = { id: toId<OrganizationId>(ids.next()), name: 'default', createdAt };
  const proposed = { id: toId<TeamId>(ids.next()), organizationId: organization.id, name: 'default', createdAt };
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
  readonly team: Team;
  readonly issued: IssuedSecret;
  readonly clock: Clock;
  readonly ids: IdSource;
}

async function createAdminKey(store: Store, { team, issued, clock, ids }: NewAdminKey): Promise<void> {
  const { hash, prefix, lastFour } = issued;
  const key = {
    id: toId<ApiKeyId>(ids.next()),
    organizationId: team.organizationId,
    teamId: team.id,
    userId: null,
    name: 'administrator',
    prefix,
    lastFour,
    scopes: ['ADMIN'] as const,
    allowedModels: null,
    createdAt: clock.now(),
    expiresAt: null,
    revokedAt: null,
    disabledAt: null,
  };
  // Another replica that starts at the same moment with the same key may have been first.
  await store.apiKeys.create(key, hash, actOf('CREATE_API_KEY', { clock, ids })).catch((error: unknown) => {
    if (!(error instanceof GatewayError && error.code === 'CONFLICT')) throw error;
  });
}
