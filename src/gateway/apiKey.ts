import { liesWithin, readAddressRanges } from '../domain/addressRange.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { areAsStrict, noRules } from '../domain/keyRules.ts';
import { checkLabels } from '../domain/label.ts';
import type { Principal } from '../domain/principal.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { ApiKey, ApiKeyChanges } from '../domain/tenancy.ts';
import { mostOverlapSeconds, withChanges } from '../domain/tenancy.ts';
import { actOf } from './act.ts';
import type { ChangedApiKey, NewApiKey } from './administrationInput.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { ApiKeyAdministration, Caller } from './gateway.ts';
import { checkName } from './name.ts';
import { inOrder, maySee, organizationAsked, there, visible } from './visibility.ts';

export function createApiKeyAdministration(parts: AdministrationParts): ApiKeyAdministration {
  const { store, secrets, changed, clock, ids } = parts;

  async function keyOf(caller: Caller, id: ApiKeyId): Promise<ApiKey> {
    const [key] = await store.apiKeys.find([id]);
    return visible(caller, key, 'API key');
  }

  /** A key that still can be changed. Throws NOT_FOUND, CONFLICT. */
  async function livingKeyOf(caller: Caller, id: ApiKeyId): Promise<ApiKey> {
    const key = await keyOf(caller, id);
    if (key.revokedAt === null) return key;
    throw new GatewayError('CONFLICT', 'The API key has been revoked for good; make a new one.');
  }

  return {
    async createApiKey(caller, input) {
      const [found] = await store.tenancy.teams([input.teamId]);
      const team = visible(caller, found, 'team');
      checkGrant(caller.principal, input);
      checkLabels(input.labels);
      checkEnd(input, clock.now());
      const { secret, hash, prefix, lastFour } = secrets.issue();
      const shown = { prefix, lastFour, createdAt: clock.now() };
      const apiKey = { ...toApiKey(input, shown), id: toId<ApiKeyId>(ids.next()), organizationId: team.organizationId };
      await store.apiKeys.create(apiKey, hash, actOf(caller, 'CREATE_API_KEY', parts));
      changed({ ...apiKey, type: 'API_KEY' });
      return { secret, apiKey };
    },
    async updateApiKey(caller, id, input) {
      const key = await livingKeyOf(caller, id);
      const act = actOf(caller, 'UPDATE_API_KEY', parts);
      const changes = toChanges(input, act.at);
      checkGrant(caller.principal, withChanges(key, changes));
      if (input.labels !== undefined) checkLabels(input.labels);
      if (input.expiresAt !== undefined) checkEnd({ expiresAt: input.expiresAt }, act.at);
      const updated = await store.apiKeys.update(key, changes, act);
      changed({ ...key, type: 'API_KEY' });
      return there(updated, 'API key');
    },
    async rotateApiKey(caller, id, overlapSeconds) {
      const key = await livingKeyOf(caller, id);
      // Whoever is told a key's secret can do all that the key may.
      checkGrant(caller.principal, key);
      if (overlapSeconds < 0 || overlapSeconds > mostOverlapSeconds)
        throw new GatewayError('INVALID_REQUEST', `The overlap must be 0 to ${mostOverlapSeconds} seconds.`);
      const { secret, ...kept } = secrets.issue();
      const act = actOf(caller, 'ROTATE_API_KEY', parts);
      const rotated = await store.apiKeys.rotate(key, { ...kept, olderEndAt: act.at + overlapSeconds * 1000 }, act);
      changed({ ...key, type: 'API_KEY' });
      return { secret, apiKey: there(rotated, 'API key') };
    },
    async revokeApiKey(caller, id) {
      const key = await keyOf(caller, id);
      const revoked = await store.apiKeys.revoke(key, actOf(caller, 'REVOKE_API_KEY', parts));
      changed({ ...key, type: 'API_KEY' });
      return there(revoked, 'API key');
    },
    apiKeys: async (caller, query, page) =>
      store.apiKeys.list({ ...query, organizationId: organizationAsked(caller, query.organizationId) }, page),
    findApiKeys: async ({ principal }, wanted) =>
      inOrder(wanted, await store.apiKeys.find(wanted), (key) => maySee(principal, key.organizationId)),
  };
}

function toApiKey(input: NewApiKey, made: Pick<ApiKey, 'prefix' | 'lastFour' | 'createdAt'>): Omit<ApiKey, 'id' | 'organizationId'> {
  return {
    ...made,
    teamId: input.teamId,
    userId: input.userId,
    name: checkName(input.name),
    scopes: [...new Set(input.scopes)],
    allowedModels: input.allowedModels,
    allowedAddresses: input.allowedAddresses,
    labels: input.labels,
    directives: input.directives,
    expiresAt: input.expiresAt,
    revokedAt: null,
    disabledAt: null,
  };
}

function toChanges({ name, scopes, disabled, ...rest }: ChangedApiKey, now: number): ApiKeyChanges {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(scopes === undefined ? {} : { scopes: [...new Set(scopes)] }),
    ...(disabled === undefined ? {} : { disabledAt: disabled ? now : null }),
  };
}

type Grant = Pick<ApiKey, 'scopes' | 'allowedModels' | 'allowedAddresses' | 'directives'>;

/** Nobody hands out what they do not hold, nor changes a key that holds it. */
function checkGrant(principal: Principal, { scopes, allowedModels, allowedAddresses, directives }: Grant): void {
  const beyond = scopes.filter((scope) => !holdsScopes(principal, [scope]));
  if (beyond.length > 0)
    throw new GatewayError('FORBIDDEN', 'A key can only be given scopes that the caller holds.', { details: { scopes: beyond } });
  if (!withinModels(principal, allowedModels))
    throw new GatewayError('FORBIDDEN', 'A key can only be given models that the caller may ask for.');
  if (!withinAddresses(principal, allowedAddresses))
    throw new GatewayError('FORBIDDEN', 'A key can only be given addresses that the caller may ask from.');
  if (principal.rules !== null && !areAsStrict(directives ?? noRules, principal.rules))
    throw new GatewayError('FORBIDDEN', "The directives of a key must be at least as strict as the caller's own.");
  if (scopes.length === 0) throw new GatewayError('INVALID_REQUEST', 'A key needs at least one scope.');
}

function checkEnd({ expiresAt }: Pick<ApiKey, 'expiresAt'>, now: number): void {
  if (expiresAt !== null && expiresAt <= now) throw new GatewayError('INVALID_REQUEST', '`expiresAt` must be in the future.');
}

/** Null: all models. */
function withinModels({ allowedModels: held }: Principal, wanted: readonly string[] | null): boolean {
  return held === null || (wanted?.every((name) => held.includes(name)) ?? false);
}

/** Null: all addresses. Throws INVALID_REQUEST. */
function withinAddresses({ allowedAddresses: held }: Principal, wanted: readonly string[] | null): boolean {
  const ranges = wanted === null ? null : readAddressRanges(wanted);
  return held === null || (ranges !== null && liesWithin(ranges, held));
}
