import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId, OrganizationId, TeamId } from '../domain/id.ts';
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
    if ((await store.apiKeys.findByHash(adminKey.hash)) === null) await createAdminKey(store, { team, issued: adminKey, clock, ids });
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
  const { team } = await store.tenancy.ensureDefaults({ organization, team: proposed });
  return team;
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
  };
  // Another replica that starts at the same moment with the same key may have been first.
  await store.apiKeys.create(key, hash).catch((error: unknown) => {
    if (!(error instanceof GatewayError && error.code === 'CONFLICT')) throw error;
  });
}
